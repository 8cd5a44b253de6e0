#include "base/format.h"
#include "report/cited_row.h"
#include "report/claim_writer.h"

namespace xinjing::report {
namespace {

using insight::Event;

/// Its two foremost aspects: those that go most beyond what is usual.
std::string aspect_labels(const Event& event, const evidence::Catalogue& cards, Lang lang) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(2, event.aspects.size()); ++i) {
    out += (i == 0              ? ""
            : lang == Lang::kZh ? "、"
                                : ", ") +
           state_label(cards, "aspect", event.aspects[i], lang);
  }
  return out;
}

std::string wait_label(const Event& event, bool zh) {
  if (event.kind == "burst") {
    return zh ? fmt::format("{}等候一度变长", event.department)
              : fmt::format("{}: longer waits for a time", event.department);
  }
  return zh ? fmt::format("{}等候{}", event.department, event.up ? "变长" : "变短")
            : fmt::format("{}: {} waits", event.department, event.up ? "longer" : "shorter");
}

/// The parts of the label of an event, one after the other.
std::string label_parts(const Event& event, const evidence::Catalogue& cards, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const std::string where = scope_text(event, zh);
  if (event.what == "wait") return wait_label(event, zh);
  if (event.what == "leaving") {
    return zh ? fmt::format("{}客户比较、离开{}", event.customer_kind, event.up ? "增多" : "")
              : fmt::format("{} customers compare and leave", event.customer_kind);
  }
  if (event.what == "rating") {
    return zh ? fmt::format("{}打分{}", event.survey, event.up ? "变高" : "变低")
              : fmt::format("{} ratings {}", event.survey, event.up ? "higher" : "lower");
  }
  if (event.what == "feeling") {
    return zh ? fmt::format("{}客户情绪{}", where, event.up ? "好转" : "变差")
              : fmt::format("{} feeling {}", where, event.up ? "better" : "worse");
  }
  if (event.what == "claims") return zh ? "要求赔偿变多" : "more claims";
  if (event.what == "unmet_of_told") {
    return zh ? fmt::format("承诺和期望落空{}", event.up ? "变多" : "变少")
              : fmt::format("{} of promises and expectations fails", event.up ? "more" : "less");
  }
  if (event.what.starts_with("complaint:")) {
    const std::string aspect = state_label(cards, "aspect", event.aspects.front(), lang);
    return zh ? fmt::format("{}嫌“{}”最密", where, aspect)
              : fmt::format("{} complain most of {}", where, aspect);
  }
  if (event.what.starts_with("praise:")) {
    const std::string aspect = state_label(cards, "aspect", event.aspects.front(), lang);
    return zh ? fmt::format("{}“{}”好评{}", where, aspect, event.up ? "变多" : "变少")
              : fmt::format("{} {} praise of {}", where, event.up ? "more" : "less", aspect);
  }
  std::string what = quoted_words(event.words, 3, zh);
  if (!event.aspects.empty() && !what.empty()) {
    what = fmt::format(fmt::runtime(zh ? "{}（{}）" : "{} ({})"), aspect_labels(event, cards, lang),
                       what);
  }
  if (event.what == "faded") {
    return zh ? what + "平息" : what + " died down";
  }
  if (what.empty() && !event.aspects.empty()) {
    what = aspect_labels(event, cards, lang);
  }
  if (what.empty()) what = counted_text(event.what, cards, lang);
  if (event.kind == "burst") {
    return zh ? fmt::format("{}{}集中出现", where, what)
              : fmt::format("{}{}burst of {}", where, where.empty() ? "" : ": ", what);
  }
  // Shifts and trends are of talk, not of what is talked about: "fewer conversations about
  // quality".
  what = counted_text(event.what, cards, lang);
  return zh ? fmt::format("{}{}{}", where, what, event.up ? "变多" : "变少")
            : fmt::format("{}{}{} {}", where, where.empty() ? "" : ": ",
                          event.up ? "more" : "fewer", what);
}

}  // namespace

std::string counted_text(std::string_view what, const evidence::Catalogue& cards, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const auto label = [&](std::string_view construct, std::string_view state) {
    return state_label(cards, construct, state, lang);
  };
  const auto say = [&](const char* in_zh, const char* en) { return std::string(zh ? in_zh : en); };
  const std::size_t colon = what.find(':');
  const std::string_view kind = what.substr(0, colon);
  const std::string state =
      colon == std::string_view::npos ? "" : std::string(what.substr(colon + 1));
  if (kind == "aspect") {
    return zh ? fmt::format("谈到“{}”的对话", label("aspect", state))
              : fmt::format("conversations about {}", label("aspect", state));
  }
  if (kind == "bad") {
    return zh ? fmt::format("对“{}”的不满", label("aspect", state))
              : fmt::format("discontent with {}", label("aspect", state));
  }
  if (kind == "good") {
    return zh ? fmt::format("对“{}”的好评", label("aspect", state))
              : fmt::format("praise of {}", label("aspect", state));
  }
  if (kind == "praise") {
    return zh ? fmt::format("主动夸“{}”的对话", label("aspect", state))
              : fmt::format("conversations that praise {}", label("aspect", state));
  }
  if (kind == "unmet" && !state.empty()) {
    return zh ? fmt::format("“{}”方面落空的期望", label("aspect", state))
              : fmt::format("expectations of {} that failed", label("aspect", state));
  }
  if (kind == "motive") {
    return zh ? fmt::format("以“{}”为动机的对话", label("motive", state))
              : fmt::format("conversations to {}", label("motive", state));
  }
  if (kind == "bond") {
    return zh ? fmt::format("态度为“{}”的对话", label("bond", state))
              : fmt::format("conversations that sound {}", label("bond", state));
  }
  if (kind == "emotion") {
    return zh ? fmt::format("出现“{}”的对话", label("emotion", state))
              : fmt::format("conversations with {}", label("emotion", state));
  }
  if (what == "unmet") return say("期望落空的对话", "conversations in which an expectation failed");
  if (what == "mood:bad") return say("心情不好的对话", "unhappy conversations");
  if (what == "mood:good") return say("心情好的对话", "happy conversations");
  if (what == "claims") return say("要求赔偿的对话", "conversations that ask for compensation");
  if (what == "unmet_of_told") return say("落空的承诺和期望", "failed promises and expectations");
  if (kind == "complaint") {
    return zh ? fmt::format("嫌“{}”的对话", label("aspect", state))
              : fmt::format("complaints about {}", label("aspect", state));
  }
  if (what == "wait") return say("等候", "waiting");
  if (what == "leaving") return say("比较和离开", "comparing and leaving");
  return say("来访来电", "contacts");
}

std::string scope_text(const Event& event, bool zh) {
  if (!event.department.empty()) return event.department;
  if (!event.channel.empty()) return zh ? event.channel + "渠道" : event.channel;
  if (!event.customer_kind.empty()) {
    return zh ? event.customer_kind + "客户" : event.customer_kind + " customers";
  }
  return {};
}

std::string event_label(const Event& event, const evidence::Catalogue& cards, Lang lang) {
  std::string out = tidy(label_parts(event, cards, lang), lang);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() -= 'a' - 'A';
  return out;
}

}  // namespace xinjing::report
