#include "report/cited_row.h"

#include <algorithm>

#include "base/utf8.h"

namespace xinjing::report {
namespace {

constexpr std::size_t kMost = 160;  // characters
constexpr std::size_t kOrganisation = 5;
constexpr std::string_view kStars = "***";

bool is_letter(char32_t c) { return c > U' ' && c != U'.' && c != U'-' && c != U'\''; }

/// The name with stars for every letter but the first of each part, of the same length.
std::u32string starred(const std::u32string& name) {
  std::u32string out = name;
  const bool han = !name.empty() && is_han(name.front());
  for (std::size_t i = 1; i < out.size(); ++i) {
    if (han || (is_letter(out[i]) && is_letter(name[i - 1]))) out[i] = U'*';
  }
  return out;
}

bool is_organisation(const std::u32string& name, std::string_view kind) {
  constexpr std::string_view kKinds[] = {"企",     "公司",    "商户",     "单位",
                                         "机构",   "company", "business", "firm",
                                         "organi", "Company", "Business"};
  const bool told = std::any_of(std::begin(kKinds), std::end(kKinds), [&](std::string_view word) {
    return kind.find(word) != std::string_view::npos;
  });
  return told || (!name.empty() && is_han(name.front()) && name.size() >= kOrganisation);
}

}  // namespace

std::string masked_name(std::string_view name, std::string_view kind) {
  const std::u32string letters = characters_of(name);
  if (letters.empty() || is_organisation(letters, kind)) return std::string(name);
  if (is_han(letters.front())) return utf8_of(starred(letters));
  std::string out;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool begins = is_letter(letters[i]) && (i == 0 || !is_letter(letters[i - 1]));
    if (!begins) continue;
    if (!out.empty()) out += ' ';
    append_utf8(out, letters[i]);
    out += kStars;
  }
  return out;
}

std::string RowWriter::without_name(std::string text, const std::string& name,
                                    const std::string& kind) const {
  const std::u32string letters = characters_of(name);
  if (x_names || letters.size() < 2 || is_organisation(letters, kind)) return text;
  const std::string stars = utf8_of(starred(letters));
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
    text.replace(at, name.size(), stars);
  }
  return text;
}

void RowWriter::write(JsonWriter& json, const insight::Cite& cite) const {
  const auto found = x_data.messages.find(cite.message_no);
  if (found == x_data.messages.end()) {
    json.null();
    return;
  }
  const insight::CitedMessage& message = found->second;
  const bool marked = cite.span.end > cite.span.begin && cite.span.end <= message.text.size();
  std::u32string text = characters_of(message.text);
  std::size_t begin = 0, end = 0;
  if (marked) {
    begin = utf8_length(std::string_view(message.text).substr(0, cite.span.begin));
    end = begin + utf8_length(std::string_view(message.text)
                                  .substr(cite.span.begin, cite.span.end - cite.span.begin));
  }
  text = characters_of(without_name(utf8_of(text), message.name, message.kind));
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
