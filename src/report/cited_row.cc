#include "report/cited_row.h"

#include <algorithm>

#include "base/utf8.h"

namespace xinjing::report {
namespace {

constexpr std::size_t kMost = 160;  // characters

}  // namespace

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
