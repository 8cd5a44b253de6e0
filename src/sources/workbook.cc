#include "sources/workbook.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>

#include "base/day.h"
#include "base/format.h"
#include "sources/xml_scanner.h"

namespace xinjing::sources {
namespace {

using Token = XmlScanner::Token;

constexpr std::size_t kMostStringBytes = 256U << 20;
constexpr std::size_t kMostSheets = 1024;
constexpr std::size_t kMostStyles = 1U << 17;

/// Calls `visit(scanner, token)` for each token of a part.
Status each_token(const Zip& zip, const std::string& part, const std::string& place,
                  const std::function<Status(const XmlScanner&, Token)>& visit) {
  Result<ZipEntry> entry = zip.entry(part);
  if (!entry) return entry.failure();
  XmlScanner scanner([stream = *entry]() mutable { return stream.next(); }, place + ":" + part);
  while (true) {
    const Result<Token> token = scanner.next();
    if (!token) return token.failure();
    if (*token == Token::kEnd) return {};
    if (Status status = visit(scanner, *token); !status) return status;
  }
}

int int_of(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct Sheet {
  std::string name, relation;
  bool hidden = false;
};

struct Contents {
  std::vector<Sheet> sheets;
  bool from_1904 = false;
};

Result<Contents> read_contents(const Zip& zip, const std::string& place) {
  Contents contents;
  const Status status =
      each_token(zip, "xl/workbook.xml", place, [&](const XmlScanner& xml, Token token) {
        if (token != Token::kOpen) return Status();
        if (xml.name() == "workbookPr") {
          const std::string_view flag = xml.attribute("date1904");
          contents.from_1904 = flag == "1" || flag == "true";
        }
        if (xml.name() != "sheet") return Status();
        contents.sheets.push_back(
            {std::string(xml.attribute("name")), std::string(xml.attribute("id")),
             !xml.attribute("state").empty() && xml.attribute("state") != "visible"});
        if (contents.sheets.size() <= kMostSheets) return Status();
        return Status(fail(ErrorCode::kBadInput,
                           {"the workbook has more than 1024 sheets", "工作簿超过 1024 个工作表"},
                           place));
      });
  if (!status) return status.failure();
  return contents;
}

/// Relation id -> file in the archive; also under the last word of the relation's type.
Result<std::map<std::string, std::string>> read_relations(const Zip& zip,
                                                          const std::string& place) {
  std::map<std::string, std::string> parts;
  const Status status =
      each_token(zip, "xl/_rels/workbook.xml.rels", place, [&](const XmlScanner& xml, Token token) {
        if (token != Token::kOpen || xml.name() != "Relationship" || parts.size() > 4 * kMostSheets)
          return Status();
        std::string target(xml.attribute("Target"));
        target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
        const std::string_view type = xml.attribute("Type");
        parts.emplace(std::string(type.substr(type.rfind('/') + 1)), target);
        parts.insert_or_assign(std::string(xml.attribute("Id")), std::move(target));
        return Status();
      });
  if (!status) return status.failure();
  return parts;
}

/// Whether a number format shows a date: it has letters of dates outside quotes and brackets.
bool is_date_format(std::string_view code) {
  bool quoted = false, bracket = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == '[' || c == ']') {
      bracket = c == '[';
    } else if (!quoted && !bracket &&
               std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

bool is_built_in_date(int format) {
  return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) ||
         (format >= 45 && format <= 47) || (format >= 50 && format <= 58);
}

Result<std::vector<bool>> read_styles(const Zip& zip, const std::string& part,
                                      const std::string& place) {
  std::map<int, bool> own;
  std::vector<bool> is_date;
  bool in_cells = false;
  const Status status = each_token(zip, part, place, [&](const XmlScanner& xml, Token token) {
    if (xml.name() == "cellXfs" && token != Token::kText) in_cells = token == Token::kOpen;
    if (token != Token::kOpen) return Status();
    if (xml.name() == "numFmt" && own.size() < kMostStyles) {
      own[int_of(xml.attribute("numFmtId"))] = is_date_format(xml.attribute("formatCode"));
    } else if (xml.name() == "xf" && in_cells && is_date.size() < kMostStyles) {
      const int format = int_of(xml.attribute("numFmtId"));
      const auto found = own.find(format);
      is_date.push_back(found != own.end() ? found->second : is_built_in_date(format));
    }
    return Status();
  });
  if (!status) return status.failure();
  return is_date;
}

}  // namespace

Result<SharedStrings> SharedStrings::read(const Zip& zip, const std::string& part,
                                          const std::string& place) {
  SharedStrings strings;
  bool in_text = false, phonetic = false;
  const Status status = each_token(zip, part, place, [&](const XmlScanner& xml, Token token) {
    if (token == Token::kText) {
      if (in_text && !phonetic) strings.x_bytes += xml.text();
    } else {
      const bool open = token == Token::kOpen;
      if (xml.name() == "t") in_text = open;
      if (xml.name() == "rPh") phonetic = open;
      if (xml.name() == "si" && !open)
        strings.x_ends.push_back(std::uint32_t(strings.x_bytes.size()));
    }
    if (strings.x_bytes.size() + 4 * strings.x_ends.size() <= kMostStringBytes) return Status();
    return Status(fail(ErrorCode::kBadInput,
                       {"the workbook has more than 256 MiB of texts; save it as CSV",
                        "工作簿文本超过 256 MiB，请另存为 CSV"},
                       place));
  });
  if (!status) return status.failure();
  return strings;
}

std::string_view SharedStrings::operator[](std::size_t number) const {
  const std::uint32_t begin = number == 0 ? 0 : x_ends[number - 1];
  return std::string_view(x_bytes).substr(begin, x_ends[number] - begin);
}

Result<std::vector<std::string>> Workbook::visible_sheets(const Zip& zip,
                                                          const std::string& place) {
  Result<Contents> contents = read_contents(zip, place);
  if (!contents) return contents.failure();
  std::vector<std::string> names;
  for (Sheet& sheet : contents->sheets) {
    if (!sheet.hidden) names.push_back(std::move(sheet.name));
  }
  return names;
}

Result<Workbook> Workbook::read(const Zip& zip, const std::string& sheet,
                                const std::string& place) {
  Result<Contents> contents = read_contents(zip, place);
  if (!contents) return contents.failure();
  Result<std::map<std::string, std::string>> parts = read_relations(zip, place);
  if (!parts) return parts.failure();
  const auto wanted =
      std::find_if(contents->sheets.begin(), contents->sheets.end(),
                   [&](const Sheet& s) { return sheet.empty() ? !s.hidden : s.name == sheet; });
  if (wanted == contents->sheets.end() || !parts->contains(wanted->relation)) {
    return fail(ErrorCode::kNotFound, {"the workbook has no such sheet", "工作簿中没有这个工作表"},
                place);
  }
  Workbook book;
  book.sheet = wanted->name;
  book.sheet_part = parts->at(wanted->relation);
  book.from_1904 = contents->from_1904;
  if (const auto styles = parts->find("styles");
      styles != parts->end() && zip.has(styles->second)) {
    Result<std::vector<bool>> dates = read_styles(zip, styles->second, place);
    if (!dates) return dates.failure();
    book.is_date = std::move(*dates);
  }
  if (const auto texts = parts->find("sharedStrings");
      texts != parts->end() && zip.has(texts->second)) {
    Result<SharedStrings> strings = SharedStrings::read(zip, texts->second, place);
    if (!strings) return strings.failure();
    book.strings = std::move(*strings);
  }
  return book;
}

std::string date_text(double serial, bool from_1904) {
  if (!(serial >= 0) || serial > 110'000) return fmt::format("{:.15g}", serial);
  std::int64_t seconds = std::llround(serial * 86400);
  const std::int64_t days = seconds / 86400;
  seconds %= 86400;
  std::string clock =
      fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (days == 0) return clock;
  std::string date = iso_date(Day{std::int32_t(days) - 25569 + (from_1904 ? 1462 : 0)});
  return seconds == 0 ? date : date + " " + clock;
}

std::string number_text(std::string_view number) {
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size()) return std::string(number);
  if (value == std::floor(value) && std::abs(value) < 1e18)
    return fmt::format("{}", std::int64_t(value));
  return fmt::format("{:.15g}", value);
}

}  // namespace xinjing::sources
