#include "report/overview_text.h"

#include "base/format.h"
#include "base/visible.h"

namespace xinjing::report {
namespace {

using insight::Count;
using insight::Overview;

class Sentences {
 public:
  Sentences(const Overview& overview, const evidence::Catalogue& catalogue, Lang lang)
      : x_overview(overview), x_catalogue(catalogue), x_lang(lang), x_zh(lang == Lang::kZh) {}

  std::string text() const;

 private:
  std::string label(std::string_view construct, const std::string& state) const;
  std::string list(const std::vector<Count>& counts, std::string_view construct,
                   std::size_t most) const;
  std::string totals() const;
  std::string feelings() const;
  std::string wants() const;
  std::string gaps() const;
  std::string attention() const;
  std::string ground() const;

  const Overview& x_overview;
  const evidence::Catalogue& x_catalogue;
  Lang x_lang;
  bool x_zh;
};

std::string Sentences::label(std::string_view construct, const std::string& state) const {
  const evidence::Card* card = x_catalogue.find(construct);
  if (card == nullptr) return state;
  const auto index = card->find_state(state);
  return index ? card->states[*index].label.in(x_lang) : state;
}

std::string Sentences::list(const std::vector<Count>& counts, std::string_view construct,
                            std::size_t most) const {
  std::vector<std::string> parts;
  for (const Count& count : counts) {
    if (parts.size() == most) break;
    parts.push_back(fmt::format("{} {:.0f}%", label(construct, count.id), 100 * count.share()));
  }
  return fmt::format("{}", fmt::join(parts, x_zh ? "、" : ", "));
}

std::string Sentences::totals() const {
  const Overview& o = x_overview;
  const std::string from = o.first ? iso_date(*o.first) : "-",
                    to = o.last ? iso_date(*o.last) : "-";
  if (x_zh) {
    return fmt::format(
        "{} 位客户（{} 个编号和账号），{} 段对话，{} 条消息，{} 笔订单；对话从 {} 到 {}。\n",
        o.people, o.subjects, o.conversations, o.messages, o.orders, from, to);
  }
  return fmt::format(
      "{} customers ({} ids and handles), {} conversations, {} messages, {} orders; "
      "conversations from {} to {}.\n",
      o.people, o.subjects, o.conversations, o.messages, o.orders, from, to);
}

std::string Sentences::feelings() const {
  if (x_overview.emotions.empty()) return {};
  std::string out =
      fmt::format("{}{}{}\n", x_zh ? "客户每句话的情绪：" : "What customers feel, by message: ",
                  list(x_overview.emotions, "emotion", 5), x_zh ? "。" : ".");
  if (x_overview.satisfaction) {
    out += fmt::format(
        "{}{:+.2f}{}\n",
        x_zh ? "对话结束时的满意度平均 " : "Satisfaction at the end of a conversation averages ",
        *x_overview.satisfaction, x_zh ? "（-2 到 2）。" : " (-2 to 2).");
  }
  return out;
}

std::string Sentences::wants() const {
  std::string out;
  if (!x_overview.motives.empty()) {
    out += fmt::format(
        "{}{}{}\n", x_zh ? "他们为什么开口（可有几种）：" : "Why they speak (several may hold): ",
        list(x_overview.motives, "motive", 5), x_zh ? "。" : ".");
  }
  if (!x_overview.needs.empty()) {
    out += fmt::format("{}{}{}\n", x_zh ? "没有满足的需要：" : "The need at stake: ",
                       list(x_overview.needs, "need", 4), x_zh ? "。" : ".");
  }
  return out;
}

std::string Sentences::gaps() const {
  std::string out;
  for (const insight::Gap& gap : x_overview.gaps) {
    if (out.empty()) out = x_zh ? "最常落空的期望：\n" : "Expectations most often unmet:\n";
    out += fmt::format(
        "  {} {}/{}{}\n", label("aspect", gap.aspect), gap.unmet, gap.of,
        gap.quote.empty() ? std::string() : fmt::format("  “{}”", visible_line(gap.quote)));
  }
  return out;
}

std::string Sentences::attention() const {
  std::string out;
  for (const insight::Attention& one : x_overview.attention) {
    if (out.empty()) out = x_zh ? "请先看这几位：\n" : "Look at these first:\n";
    out += fmt::format(
        "  {}  {} {:.0f}%  {}{}\n", one.person, label(one.construct, one.state), 100 * one.p,
        iso_date(one.last),
        one.quote.empty() ? std::string() : fmt::format("  “{}”", visible_line(one.quote)));
  }
  return out;
}

std::string Sentences::ground() const {
  const Overview& o = x_overview;
  if (o.people == 0) return {};
  return x_zh
             ? fmt::format("有依据可说的客户 {} 位，平均每位 {:.1f} 项；其余如实记为“依据不足”。\n",
                           o.portraits, o.lines_said)
             : fmt::format(
                   "There is ground to speak about {} customers, {:.1f} constructs each on "
                   "average; "
                   "the rest is \"not enough ground\".\n",
                   o.portraits, o.lines_said);
}

std::string Sentences::text() const {
  return totals() + feelings() + wants() + gaps() + attention() + ground();
}

}  // namespace

std::string overview_text(const Overview& overview, const evidence::Catalogue& catalogue,
                          Lang lang) {
  return Sentences(overview, catalogue, lang).text();
}

}  // namespace xinjing::report
