#include "report/report_page.h"

#include "base/check.h"
#include "base/hash.h"
#include "base/json.h"
#include "report/markup.h"
#include "report/page_parts.h"
#include "report/plain_page.h"

namespace xinjing::report {
namespace {

/// Inside JSON these characters stand in strings only, where the escape means the same; so the text
/// can neither end the element it lies in nor begin a comment.
std::string json_in_html(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 64);
  for (const char c : json) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  }
  return out;
}

struct Places {
  std::string lang, nonce, title, plain, data, notices;
};

std::string_view value_for(std::string_view name, const Places& places, const PageParts& parts) {
  if (name == "lang") return places.lang;
  if (name == "nonce") return places.nonce;
  if (name == "title") return places.title;
  if (name == "plain") return places.plain;
  if (name == "data") return places.data;
  if (name == "notices") return places.notices;
  if (name == "style") return parts.style;
  XINJING_CHECK(name == "script");
  return parts.script;
}

/// The frame with its places filled. What is filled in is not looked at again, so {{script}} in a
/// customer's words stays as it is.
std::string filled(const Places& places, const PageParts& parts) {
  std::string out;
  std::string_view rest = parts.html;
  for (std::size_t open = rest.find("{{"); open != std::string_view::npos; open = rest.find("{{")) {
    const std::size_t close = rest.find("}}", open);
    out += rest.substr(0, open);
    out += value_for(rest.substr(open + 2, close - open - 2), places, parts);
    rest.remove_prefix(close + 2);
  }
  out += rest;
  return out;
}

}  // namespace

std::string html_page(std::string_view json, Lang lang) {
  JsonParser parser;
  const Result<JsonValue> data = parser.parse(json);
  XINJING_CHECK(data && data->is_object());
  const PageParts parts = page_parts();
  Places places;
  places.lang = lang == Lang::kZh ? "zh-CN" : "en";
  // Nobody whose words are in the report can foresee the hash of all of it.
  places.nonce = hex(hash128(json));
  places.title = markup_escaped(page_title(*data, lang));
  places.plain = plain_page(*data, lang);
  places.data = json_in_html(json);
  places.notices = markup_escaped(parts.echarts) + "\n" + markup_escaped(parts.zrender);
  return filled(places, parts);
}

}  // namespace xinjing::report
