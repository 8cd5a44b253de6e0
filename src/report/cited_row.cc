#include "report/cited_row.h"

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "report/claims.h"

namespace xinjing::report {
namespace {

constexpr std::size_t kMost = 160;  // characters

/// What a message says of a promise.
Said fate_said(const std::string& fate) {
  const std::pair<const char*, Said> fates[] = {
      {"promise", {"promises something", "许下承诺"}},
      {"met", {"says a promise was kept", "说承诺兑现了"}},
      {"unmet", {"says a promise was broken", "说承诺落空了"}},
      {"exceeded", {"says more was done than promised", "说做得比答应的还多"}},
      {"withdrawn", {"takes a promise back or moves it", "改了期或撤回承诺"}}};
  for (const auto& [id, said] : fates) {
    if (fate == id) return said;
  }
  return {};
}

std::string joined_labels(const std::vector<std::string>& states, const char* construct,
                          const evidence::Catalogue& cards, Lang lang) {
  std::string out;
  for (const std::string& state : states) {
    out += (out.empty()         ? ""
            : lang == Lang::kZh ? "、"
                                : ", ") +
           state_label(cards, construct, state, lang);
  }
  return out;
}

}  // namespace

std::vector<PersonMask::Known> known_customers(const insight::ReportData& data) {
  std::set<PersonMask::Known> out;
  for (const auto& [number, message] : data.messages) out.insert({message.name, message.kind});
  return {out.begin(), out.end()};
}

insight::ReportData without_staff(insight::ReportData data) {
  std::vector<PersonMask::Known> known = known_customers(data);
  for (const insight::NamedCustomer& one : data.named) known.push_back({one.name, one.kind});
  const PersonMask mask(data.agents, known);
  const auto is_name = [&](const std::string& word) {
    return mask.names_somebody(word) || mask.masked(word, "", "") != word;
  };
  for (insight::Event& event : data.events) std::erase_if(event.words, is_name);
  for (insight::Leavers& one : data.leavers) std::erase_if(one.words, is_name);
  return data;
}

Lang lang_of_text(std::string_view text) {
  std::size_t han = 0, letters = 0;
  for (const char32_t c : characters_of(text)) {
    const bool is = is_han(c);
    han += is ? 1 : 0;
    letters += is || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ? 1 : 0;
  }
  return 3 * han > letters ? Lang::kZh : Lang::kEn;
}

std::string gist_of(const insight::CitedMessage& message, const evidence::Catalogue& cards,
                    Lang lang) {
  const bool zh = lang == Lang::kZh;
  std::string out;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) out += (out.empty() ? "" : zh ? "；" : "; ") + part;
  };
  if (!message.emotion.empty() && !message.agent) {
    add(state_label(cards, "emotion", message.emotion, lang));
  }
  add(fate_said(message.fate).in(lang));
  if (!message.agent && !message.motives.empty()) {
    add((zh ? "想要：" : "wants: ") + joined_labels(message.motives, "motive", cards, lang));
  }
  if (!message.aspects.empty()) {
    add((zh ? "谈到：" : "about: ") + joined_labels(message.aspects, "aspect", cards, lang));
  }
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() -= 'a' - 'A';
  return out;
}

void RowWriter::write(JsonWriter& json, const insight::Cite& cite) const {
  const auto found = x_data.messages.find(cite.message_no);
  if (found == x_data.messages.end()) {
    json.null();
    return;
  }
  const insight::CitedMessage& message = found->second;
  const bool marked = cite.span.end > cite.span.begin && cite.span.end <= message.text.size();
  std::size_t begin = 0, end = 0;
  if (marked) {
    begin = utf8_length(std::string_view(message.text).substr(0, cite.span.begin));
    end = begin + utf8_length(std::string_view(message.text)
                                  .substr(cite.span.begin, cite.span.end - cite.span.begin));
  }
  const std::u32string text = characters_of(without_name(message.text, message.name, message.kind));
  std::size_t from = 0;
  if (text.size() > kMost && end > kMost - 20)
    from = std::min(begin > 40 ? begin - 40 : 0, text.size() - kMost);
  std::u32string shown = text.substr(from, kMost);
  if (from > 0) shown.front() = U'…';
  if (from + kMost < text.size()) shown.back() = U'…';
  json.begin_object().field("conversation", message.conversation);
  json.field("customer", message.customer).field("name", shown_name(message.name, message.kind));
  json.field("date", iso_date(message.day)).field("channel", message.channel);
  json.field("who", message.agent ? "agent" : "customer").field("text", utf8_of(shown));
  if (marked && begin >= from && begin - from < shown.size()) {
    json.key("mark").begin_array().integer(std::int64_t(begin - from));
    json.integer(std::int64_t(std::min(end - from, shown.size()))).end_array();
  }
  const Lang lang = lang_of_text(message.text);
  json.field("lang", lang_id(lang));
  if (x_cards != nullptr && lang != x_lang) {
    if (const std::string gist = gist_of(message, *x_cards, x_lang); !gist.empty()) {
      json.field("gist", gist);
    }
  }
  if (!cite.note.in(x_lang).empty()) json.field("note", cite.note.in(x_lang));
  json.end_object();
}

void RowWriter::write(JsonWriter& json, const std::vector<insight::Cite>& cites,
                      std::size_t most) const {
  json.begin_array();
  std::size_t n = 0;
  for (const insight::Cite& cite : cites) {
    if (n == most) break;
    if (x_data.messages.find(cite.message_no) == x_data.messages.end()) continue;
    write(json, cite), ++n;
  }
  json.end_array();
}

}  // namespace xinjing::report
