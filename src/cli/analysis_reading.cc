#include <future>

#include "base/format.h"
#include "base/parallel.h"
#include "cli/analysis.h"
#include "cli/company.h"
#include "profile/portrait_table.h"

namespace xinjing::cli {
namespace {

constexpr std::size_t kMessagesAtOnce = 100'000;
constexpr std::size_t kConversationsAtOnce = 64;  // per task of a thread

using Rows = std::vector<evidence::ConversationRows>;

/// Reads a batch on all threads; the rows are in the batch's order whatever the threads do.
Rows read_batch(const store::ConversationBatch& batch, const ConversationReader& reader,
                std::vector<ConversationReader::Scratch>& scratch) {
  const auto all = batch.conversations();
  Rows out(all.size());
  const std::size_t tasks = (all.size() + kConversationsAtOnce - 1) / kConversationsAtOnce;
  parallel_for(tasks, scratch.size(), [&](std::size_t task, std::size_t worker) {
    const std::size_t end = std::min(all.size(), (task + 1) * kConversationsAtOnce);
    for (std::size_t i = task * kConversationsAtOnce; i < end; ++i) {
      out[i] = reader.read(all[i], scratch[worker]);
    }
  });
  return out;
}

std::vector<std::int64_t> numbers_to_replace(const store::ConversationBatch& batch) {
  std::vector<std::int64_t> out;
  for (const store::StoredConversation& one : batch.conversations()) {
    if (one.has_rows) out.push_back(one.conversation_no);
  }
  return out;
}

Status write_batch(const store::Database& database, const evidence::EvidenceWriter& writer,
                   const std::vector<std::int64_t>& replace, const Rows& rows) {
  auto to = store::Replacement::begin(database, {.conversations = replace});
  if (!to) return to.failure();
  for (const evidence::ConversationRows& one : rows) {
    if (Status added = writer.add(one, *to); !added) return added;
  }
  return to->commit();
}

/// Leaves the engine one thread while the readers have the cores: with more, a thread that appends
/// rows hands them to another and waits for it in a busy loop.
class EngineOnOneThread {
 public:
  explicit EngineOnOneThread(const store::Database& database) : x_database(database) { set(1); }
  EngineOnOneThread(const EngineOnOneThread&) = delete;
  EngineOnOneThread& operator=(const EngineOnOneThread&) = delete;
  ~EngineOnOneThread() {
    const int threads = x_database.options().threads;
    set(threads > 0 ? std::size_t(threads) : core_count());
  }

 private:
  // A matter of speed alone, so a failure changes nothing.
  void set(std::size_t threads) {
    (void)x_database.connection().run(fmt::format("SET threads = {}", threads));
  }
  const store::Database& x_database;
};

}  // namespace

Status Analysis::read_conversations() {
  auto built = store::build_conversations(x_database, {.gap_minutes = x_options.gap_minutes});
  if (!built) return built.failure();
  x_report.conversations = built->conversations;
  const ConversationReader reader(x_models, x_database.zone_minutes());
  const evidence::EvidenceWriter writer(x_knowledge.catalogue, reader.versions());
  const EngineOnOneThread quiet(x_database);
  auto stale = store::StaleConversations::begin(
      x_database, {.model = reader.versions().model, .cards = reader.versions().cards});
  if (!stale) return stale.failure();
  if (stale->conversations() == 0) return {};
  Progress progress({"reading messages", "阅读消息"}, std::uint64_t(stale->messages()),
                    x_context.lang, x_context.progress());
  const std::size_t threads = x_options.threads > 0 ? std::size_t(x_options.threads) : core_count();
  std::vector<ConversationReader::Scratch> scratch(threads);
  // While one batch is written, the next one is read.
  std::future<Status> writing;
  std::uint64_t done = 0;
  for (;;) {
    auto batch = stale->next(kMessagesAtOnce);
    if (!batch) return batch.failure();
    if (batch->empty()) break;
    Rows rows = read_batch(*batch, reader, scratch);
    if (writing.valid()) {
      if (Status wrote = writing.get(); !wrote) return wrote;
    }
    x_report.read += std::int64_t(rows.size());
    done += batch->messages();
    progress.reach(done);
    writing = std::async(std::launch::async, [this, &writer, rows = std::move(rows),
                                              replace = numbers_to_replace(*batch)] {
      return write_batch(x_database, writer, replace, rows);
    });
  }
  return writing.valid() ? writing.get() : Status{};
}

Status Analysis::make_portraits() {
  Result<Day> as_of = as_of_day(x_database.connection(), x_options.as_of);
  if (!as_of) return as_of.failure();
  std::optional<Progress> progress;
  auto made = profile::refresh_portraits(
      x_database.connection(), x_knowledge.catalogue, *as_of, x_knowledge.version,
      [&](std::int64_t done, std::int64_t all) {
        if (!progress) {
          progress.emplace(Said{"making portraits", "生成画像"}, std::uint64_t(all), x_context.lang,
                           x_context.progress());
        }
        progress->reach(std::uint64_t(done));
      });
  if (!made) return made.failure();
  x_report.portraits = *made;
  return {};
}

}  // namespace xinjing::cli
