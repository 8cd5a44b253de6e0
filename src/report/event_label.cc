#include "base/format.h"
#include "report/cited_row.h"
#include "report/claim_writer.h"

namespace xinjing::report {
namespace {

using insight::Event;

/// What was counted, in short: "求告知", "contacts".
std::string counted(const Event& event, const evidence::Catalogue& cards, Lang lang) {
  const std::pair<const char*, Said> labels[] = {
      {"mood:bad", {"unhappy conversations", "心情不好的对话"}},
      {"mood:good", {"happy conversations", "心情好的对话"}},
      {"unmet", {"failed expectations", "落空的期望"}},
      {"volume", {"contacts", "来访来电"}}};
  for (const auto& [id, said] : labels) {
    if (event.what == id) return said.in(lang);
  }
  const std::size_t colon = event.what.find(':');
  if (colon == std::string::npos) return {};
  const std::string_view kind = std::string_view(event.what).substr(0, colon);
  const bool own = kind == "motive" || kind == "bond" || kind == "emotion";
  const std::string state = event.what.substr(colon + 1);
  return fmt::format(fmt::runtime(lang == Lang::kZh ? "“{}”" : "{}"),
                     state_label(cards, own ? kind : "aspect", state, lang));
}

/// Its two foremost aspects.
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

/// The parts of the label of an event, one after the other.
std::string label_parts(const Event& event, const evidence::Catalogue& cards, Lang lang) {
  const bool zh = lang == Lang::kZh;
  const std::string where = scope_text(event, zh);
  if (event.what == "wait") {
    return zh ? fmt::format("{}等候{}", event.department, event.up ? "变长" : "变短")
              : fmt::format("{}: {} waits", event.department, event.up ? "longer" : "shorter");
  }
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
  if (!event.aspects.empty() && foreign_words(event.words, lang)) {
    what = fmt::format(fmt::runtime(zh ? "{}（{}）" : "{} ({})"), aspect_labels(event, cards, lang),
                       what);
  }
  if (event.what == "faded") {
    return zh ? what + "平息" : what + " died down";
  }
  if (what.empty() && !event.aspects.empty()) {
    what = state_label(cards, "aspect", event.aspects.front(), lang);
  }
  if (what.empty()) what = counted(event, cards, lang);
  if (event.kind == "burst") {
    return zh ? fmt::format("{}{}集中出现", where, what)
              : fmt::format("{}{}burst of {}", where, where.empty() ? "" : ": ", what);
  }
  if (event.words.empty() && event.what.starts_with("aspect:")) {  // of talk, not of quality
    return zh ? fmt::format("{}谈到“{}”的对话{}", where, what, event.up ? "变多" : "变少")
              : fmt::format("{}{}{} conversations about {}", where, where.empty() ? "" : ": ",
                            event.up ? "more" : "fewer", what);
  }
  return zh ? fmt::format("{}{}{}", where, what, event.up ? "变多" : "变少")
            : fmt::format("{} {} {}", where, what, event.up ? "more" : "fewer");
}

}  // namespace

bool foreign_words(const std::vector<std::string>& words, Lang lang) {
  std::size_t foreign = 0;
  for (const std::string& word : words) foreign += lang_of_text(word) == lang ? 0 : 1;
  return 2 * foreign > words.size();
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
