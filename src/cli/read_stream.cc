#include "cli/read_stream.h"

#include "base/parallel.h"
#include "cli/line_batches.h"

namespace xinjing::cli {
namespace {

constexpr std::size_t kLinesPerTask = 32;

struct Task {
  std::string out;
  std::vector<std::pair<std::uint64_t, Error>> errors;
};

void write_error(std::string_view id_json, const Error& error, Lang interface, std::string& out) {
  out += "{\"id\":";
  out += id_json;
  out += ",\"error\":";
  JsonWriter(out).string(error.said.in(interface));
  out += '}';
}

}  // namespace

Status LineReader::answer(const ReadingModels& models, std::string_view line,
                          std::optional<Lang> lang, Lang interface, std::string& out) {
  const Result<JsonValue> parsed = parser.parse(line);
  Status status = parsed ? language::parse_request(*parsed, request) : Status(parsed.failure());
  if (!status) {
    const std::string id =
        parsed ? language::id_of_request(*parsed) : language::legible_id(line, parser);
    write_error(id, status.error(), interface, out);
    return status;
  }
  if (lang) request.lang = lang;
  const language::Conversation conversation = request.conversation();
  const language::Reading reading = models.reader->read(conversation, scratch);
  if (models.norms) {
    models.norms->read(conversation, reading, models.reader->model(reading.lang).heads(), scratch,
                       norm_scratch, norms);
  }
  out += "{\"id\":";
  out += request.id_json;
  // The writer begins after the id, which is JSON already.
  out += ',';
  std::size_t begin = out.size();
  JsonWriter json(out);
  json.begin_object();
  models.writer(reading.lang).write(conversation, reading, norms, json);
  if (models.use) evidence::write_withheld(*models.use, models.withheld, interface, json);
  json.end_object();
  out.erase(begin, 1);
  return {};
}

Result<ReadCount> read_stream(const Context& context, const ReadingModels& models, std::FILE* in,
                              const std::string& name, std::optional<Lang> lang,
                              std::size_t threads) {
  LineBatches batches(in, name);
  if (threads == 0) threads = core_count();
  std::vector<LineReader> readers(threads);
  std::vector<Task> tasks;  // keep their memory from batch to batch
  ReadCount count;
  for (;;) {
    const auto lines = batches.next();
    if (!lines) return lines.failure();
    if (lines->empty()) return count;
    tasks.resize((lines->size() + kLinesPerTask - 1) / kLinesPerTask);
    parallel_for(tasks.size(), threads, [&](std::size_t t, std::size_t worker) {
      tasks[t].out.clear();
      tasks[t].errors.clear();
      const std::size_t end = std::min(lines->size(), (t + 1) * kLinesPerTask);
      for (std::size_t i = t * kLinesPerTask; i < end; ++i) {
        const LineBatches::Line& line = (*lines)[i];
        Status status;
        if (line.too_long) {
          status =
              fail(ErrorCode::kBadInput, {"the line is longer than 64 MB", "这一行超过 64 MB"});
          write_error("null", status.error(), context.lang, tasks[t].out);
        } else {
          status = readers[worker].answer(models, line.text, lang, context.lang, tasks[t].out);
        }
        tasks[t].out += '\n';
        if (!status) tasks[t].errors.emplace_back(line.number, status.error());
      }
    });
    for (const Task& task : tasks) {
      for (const auto& [number, error] : task.errors) {
        fmt::print(context.err, "{}:{}: {}\n", visible_line(name), number,
                   error.said.in(context.lang));
        ++count.errors;
      }
      if (std::fwrite(task.out.data(), 1, task.out.size(), context.out) != task.out.size()) {
        return fail(ErrorCode::kIo, {"cannot write the output", "无法写出结果"});
      }
    }
    count.lines += lines->size();
    std::fflush(context.out);
  }
}

}  // namespace xinjing::cli
