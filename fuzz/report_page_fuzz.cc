// The page of the report with any words of a customer in it: they are data, and none of them is
// markup.
#include <cstdint>

#include "base/check.h"
#include "base/json.h"
#include "base/json_writer.h"
#include "base/utf8.h"
#include "report/report_page.h"

namespace {

std::string data_with(std::string_view words) {
  std::string out;
  xinjing::JsonWriter json(out);
  json.begin_object()
      .field("lang", "zh")
      .field("company", words)
      .key("headline")
      .begin_object()
      .key("happened")
      .begin_array()
      .begin_object();
  json.field("id", words)
      .field("text", words)
      .field("why", words)
      .key("rows")
      .begin_array()
      .begin_object();
  json.field("conversation", words)
      .field("who", "customer")
      .field("name", words)
      .field("text", words)
      .end_object()
      .end_array();
  json.end_object()
      .end_array()
      .end_object()
      .key("people")
      .begin_object()
      .key("waver")
      .begin_array()
      .begin_object();
  json.field("customer", words)
      .field("reason", words)
      .end_object()
      .end_array()
      .end_object()
      .end_object();
  return out;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
    ++n;
  return n;
}

/// The beginnings of elements in a page, those of the page without words and no more.
std::size_t markup(std::string_view page) { return count(page, "<") + count(page, "-->"); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string words =
      "x" + xinjing::repaired_utf8({reinterpret_cast<const char*>(data), size});
  const std::string json = data_with(words);
  const std::string page = xinjing::report::html_page(json, xinjing::Lang::kZh);
  static const std::size_t expected =
      markup(xinjing::report::html_page(data_with("x"), xinjing::Lang::kZh));
  XINJING_CHECK(markup(page) == expected);
  const std::size_t begin = page.find("id=\"report-data\">") + 17;
  const std::string held = page.substr(begin, page.find("</script>", begin) - begin);
  xinjing::JsonParser parser;
  const auto back = parser.parse(held);
  XINJING_CHECK(back && (*back)["company"].string() == words);
  return 0;
}
