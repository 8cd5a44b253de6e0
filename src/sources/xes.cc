#include "sources/xes.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>

#include "base/format.h"
#include "sources/gzip.h"
#include "sources/xes_trace.h"

namespace xinjing::sources {
namespace {

constexpr std::size_t kPiece = 1U << 16;
constexpr int kMaxDepth = 64;
constexpr Phrase kLongCell{"a cell is longer than 1 MiB", "单元格超过 1 MiB"};
constexpr Phrase kDoctype{"the log has a document type, which is not read",
                          "日志带有文档类型声明（DOCTYPE），不予读取"};
constexpr Phrase kDeep{"elements lie more than 64 deep", "元素嵌套超过 64 层"};
constexpr std::size_t kMaxTag = 4U << 20;  // expat reads an open tag again with each piece
constexpr Phrase kLongTag{"a tag is longer than 4 MiB", "标签超过 4 MiB"};
constexpr Phrase kNoLog{"the file is XML but no event log (XES)",
                        "文件是 XML，但不是事件日志（XES）"};

std::string_view local_name(std::string_view name) {
  return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
}

std::string_view attribute(const XML_Char** attributes, std::string_view name) {
  for (; *attributes != nullptr; attributes += 2) {
    if (attributes[0] == name) return attributes[1];
  }
  return {};
}

}  // namespace

/// One parse: the callbacks of expat, the trace that is open, and the rows that are complete.
struct XesSource::Parsing {
  struct Free {
    void operator()(XML_Parser one) const { XML_ParserFree(one); }
  };

  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser{XML_ParserCreate(nullptr)};
  std::string_view plain;
  std::optional<Gzip> packed;
  std::string place;
  std::uint64_t fed = 0;
  bool finished = false;

  int depth = 0;
  int trace_depth = 0, event_depth = 0;  // 0: none is open
  XesEvent trace, event;
  std::vector<XesEvent> events;
  std::deque<XesStep> rows;
  std::optional<Phrase> refusal;

  Parsing() {
    XML_SetUserData(parser.get(), this);
    XML_SetElementHandler(parser.get(), &Parsing::opened, &Parsing::closed);
    XML_SetStartDoctypeDeclHandler(parser.get(), &Parsing::doctype);
  }

  void refuse(const Phrase& why) {
    refusal = why;
    XML_StopParser(parser.get(), XML_FALSE);
  }
  static void doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<Parsing*>(self)->refuse(kDoctype);
  }
  static void opened(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<Parsing*>(self)->open(local_name(name), attributes);
  }
  static void closed(void* self, const XML_Char*) { static_cast<Parsing*>(self)->close(); }

  void open(std::string_view name, const XML_Char** attributes) {
    ++depth;
    if (depth > kMaxDepth) return refuse(kDeep);
    if (depth == 1 && name != "log") return refuse(kNoLog);
    if (depth == 2 && name == "trace") {
      trace_depth = depth;
      trace = {};
      return;
    }
    const bool outside = event_depth == 0 && depth == (trace_depth > 0 ? 3 : 2);
    if (outside && name == "event") {
      event_depth = depth;
      event = {};
      event.line = std::int64_t(XML_GetCurrentLineNumber(parser.get()));
      return;
    }
    XesEvent* owner = event_depth > 0 ? &event : trace_depth > 0 ? &trace : nullptr;
    const int owner_depth = event_depth > 0 ? event_depth : trace_depth;
    if (owner == nullptr || depth != owner_depth + 1) return;
    owner->take(attribute(attributes, "key"), attribute(attributes, "value"));
  }

  void close() {
    if (depth == event_depth) {
      event_depth = 0;
      events.push_back(std::move(event));
      if (trace_depth == 0) finish_trace({});
    } else if (depth == trace_depth) {
      trace_depth = 0;
      finish_trace(trace);
    }
    --depth;
  }

  void finish_trace(const XesEvent& of) {
    for (XesStep& step : steps_of(of, events)) rows.push_back(std::move(step));
    events.clear();
  }

  Result<std::string_view> next_piece() {
    if (packed) return packed->next();
    const std::string_view piece = plain.substr(0, kPiece);
    plain.remove_prefix(piece.size());
    return piece;
  }

  /// Parses the next piece of the file.
  Status feed() {
    const Result<std::string_view> piece = next_piece();
    if (!piece) return piece.failure();
    finished = piece->empty();
    fed += piece->size();
    const XML_Status status =
        XML_Parse(parser.get(), piece->data(), int(piece->size()), finished ? XML_TRUE : XML_FALSE);
    const auto at = std::uint64_t(std::max<XML_Index>(XML_GetCurrentByteIndex(parser.get()), 0));
    if (status == XML_STATUS_OK && fed - std::min(fed, at) <= kMaxTag) return {};
    if (status == XML_STATUS_OK) refusal = kLongTag;
    return failure();
  }

  Failure failure() const {
    const auto line = XML_GetCurrentLineNumber(parser.get());
    const std::string where = fmt::format("{}:{}", place, line);
    if (refusal) return fail(ErrorCode::kBadInput, refusal->said(), where);
    return fail(ErrorCode::kBadInput, {"the event log holds broken XML", "事件日志中的 XML 有误"},
                where);
  }
};

XesSource::XesSource(Content content) : x_content(std::move(content)) {}
XesSource::~XesSource() = default;

bool is_packed_xes(std::string_view name, std::string_view bytes) {
  constexpr std::string_view kEnding = ".xes.gz";
  if (name.size() < kEnding.size() || !bytes.starts_with("\x1f\x8b")) return false;
  std::string end(name.substr(name.size() - kEnding.size()));
  for (char& c : end) c = c >= 'A' && c <= 'Z' ? char(c + 32) : c;
  return end == kEnding;
}

Result<std::unique_ptr<Source>> XesSource::open(Content content, const OpenOptions& options) {
  std::unique_ptr<XesSource> source(new XesSource(std::move(content)));
  source->x_facts.format = "xes";
  source->x_parsing = std::make_unique<Parsing>();
  const Content& kept = source->x_content;
  source->x_parsing->plain = kept.bytes();
  source->x_parsing->place = kept.name();
  if (is_packed_xes(kept.name(), kept.bytes())) {
    source->x_parsing->packed.emplace(kept.bytes(), kept.name(), options.unpack);
  }
  if (options.after && options.after->offset > 0) {
    const Position now = source->whole();
    const bool same = options.after->offset == now.offset && options.after->digest == now.digest;
    source->x_facts.resumed = source->x_done = same;
    source->x_facts.rewritten = !same;
  }
  return std::unique_ptr<Source>(std::move(source));
}

std::span<const std::string> XesSource::header() const {
  static const std::array<std::string, 9> names = {"touchpoint_id", "case_id",  "customer",
                                                   "channel",       "activity", "started",
                                                   "ended",         "resource", "status"};
  return names;
}

Position XesSource::whole() const {
  const std::string_view bytes = x_content.bytes();
  return {bytes.size(), x_row, PrefixDigest().at(bytes, bytes.size())};
}

Status XesSource::next(Batch& batch, std::size_t limit) {
  constexpr std::size_t kMaxBatchBytes = 8U << 20;
  batch.clear();
  std::deque<XesStep>& rows = x_parsing->rows;
  std::size_t bytes = 0;
  while (!x_done && batch.records.size() + batch.problems.size() < limit &&
         bytes < kMaxBatchBytes) {
    if (rows.empty()) {
      // What was complete before a failure comes first.
      if (x_failed && !batch.empty()) return {};
      if (x_failed) return *x_failed;
      x_done = x_parsing->finished;
      if (x_done) break;
      if (Status fed = x_parsing->feed(); !fed) x_failed = fed.failure();
      continue;
    }
    const XesStep& row = rows.front();
    x_row = row.line;
    if (row.too_long) {
      batch.problems.push_back({row.line, 0, kLongCell.said()});
    } else {
      batch.begin_record(row.line);
      for (const std::string* cell :
           {&row.id, &row.case_id, &row.customer, &row.channel, &row.activity, &row.started,
            &row.ended, &row.resource, &row.status}) {
        batch.add_cell(batch.arena().keep(*cell), 0);
        bytes += cell->size();
      }
    }
    rows.pop_front();
  }
  if (x_done) batch.end = whole();
  return {};
}

}  // namespace xinjing::sources
