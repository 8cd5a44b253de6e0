#include "cli/company.h"
#include "ingest/handle.h"
#include "store/subject_table.h"

namespace xinjing::cli::catalog {
namespace {

/// Shows why ids are one person, and takes a link back.
class Links final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "ID",
                   .field = &x_id,
                   .help = {"customer id or channel:handle; all if not given",
                            "客户编号或 渠道:账号；不写则列出全部"}});
    x_database.declare(arguments);
    arguments.add({.name = "--undo",
                   .field = &x_undo,
                   .help = {"take back the link of ID with this other id: --undo C1002",
                            "取消 ID 与另一编号的关联：--undo C1002"}});
    arguments.add({.name = "--redo",
                   .field = &x_redo,
                   .help = {"restore a link of ID that was taken back: --redo C1002",
                            "恢复已取消的关联：--redo C1002"}});
  }

  Result<int> run(const Context& context) override {
    if (!x_undo.empty() && !x_redo.empty()) {
      return fail(ErrorCode::kUsage,
                  {"--undo and --redo exclude each other", "--undo 与 --redo 不能同时使用"});
    }
    if (x_id.empty() && !(x_undo + x_redo).empty()) {
      return fail(ErrorCode::kUsage,
                  {"--undo and --redo need an ID before them", "--undo 与 --redo 前面须写上编号"});
    }
    const Result<std::filesystem::path> path = x_database.existing();
    if (!path) return path.failure();
    const bool reads = x_undo.empty() && x_redo.empty();
    Result<store::Database> database = store::Database::open(*path, {.read_only = reads});
    if (!database) return database.failure();
    Result<std::vector<store::SubjectRow>> subjects = store::read_subjects(*database);
    if (!subjects) return subjects.failure();
    if (!x_undo.empty()) return undo(context, *database, *subjects);
    if (!x_redo.empty()) return redo(context, *database, *subjects);
    return list(context, *database, *subjects);
  }

 private:
  using Subjects = std::vector<store::SubjectRow>;
  using Pair = std::pair<std::int64_t, std::int64_t>;

  static Result<std::int64_t> number(const Subjects& subjects, const std::string& id) {
    for (const store::SubjectRow& row : subjects) {
      if (row.subject == id || row.subject == "c:" + id || row.subject == "h:" + id)
        return row.subject_no;
    }
    return fail(ErrorCode::kNotFound, {"there is no such customer or handle", "没有这个客户或账号"},
                id);
  }

  /// The subjects named by ID and by `other`.
  Result<Pair> pair(const Subjects& subjects, const std::string& other) const {
    const Result<std::int64_t> a = number(subjects, x_id), b = number(subjects, other);
    if (!a) return a.failure();
    if (!b) return b.failure();
    return Pair{*a, *b};
  }

  Result<int> undo(const Context& context, const store::Database& database,
                   const Subjects& subjects) const {
    const Result<Pair> two = pair(subjects, x_undo);
    if (!two) return two.failure();
    const Result<std::int64_t> undone = store::undo_link(database, two->first, two->second, now());
    if (!undone) return undone.failure();
    if (*undone == 0) {
      return fail(ErrorCode::kNotFound, {"these two are not linked directly", "这两者没有直接关联"},
                  x_id + " " + x_undo);
    }
    context.print("{}\n",
                  context.say({"Taken back. Run xinjing analyze again and their portraits part.",
                               "已取消。再运行一次 xinjing analyze，两人的画像即分开。"}));
    return int{kDone};
  }

  Result<int> redo(const Context& context, const store::Database& database,
                   const Subjects& subjects) const {
    const Result<Pair> two = pair(subjects, x_redo);
    if (!two) return two.failure();
    const Result<std::int64_t> redone = store::redo_link(database, two->first, two->second);
    if (!redone) return redone.failure();
    if (*redone == 0) {
      return fail(ErrorCode::kNotFound,
                  {"no link of these two was taken back", "这两者没有已取消的关联"},
                  x_id + " " + x_redo);
    }
    context.print("{}\n",
                  context.say({"Restored. Run xinjing analyze again and they are one person.",
                               "已恢复。再运行一次 xinjing analyze，两者即认作一人。"}));
    const auto [least, most] = std::minmax(two->first, two->second);
    const Status shown = print_links(
        context, database, subjects,
        [least = least, most = most](const store::SubjectRow& a, const store::SubjectRow& b) {
          return a.subject_no == least && b.subject_no == most;
        });
    if (!shown) return shown.failure();
    return int{kDone};
  }

  Result<int> list(const Context& context, const store::Database& database,
                   const Subjects& subjects) const {
    std::optional<std::int64_t> person;
    if (!x_id.empty()) {
      Result<std::int64_t> found = find_person(database, x_id);
      if (!found) return found.failure();
      person = *found;
    }
    const Status shown =
        print_links(context, database, subjects,
                    [person](const store::SubjectRow& a, const store::SubjectRow& b) {
                      return !person || a.person == *person || b.person == *person;
                    });
    if (!shown) return shown.failure();
    return int{kDone};
  }

  template <typename Wanted>
  static Status print_links(const Context& context, const store::Database& database,
                            const Subjects& subjects, Wanted wanted) {
    std::map<std::int64_t, const store::SubjectRow*> by_number;
    for (const store::SubjectRow& row : subjects) by_number[row.subject_no] = &row;
    Result<std::vector<store::LinkRow>> links = store::read_links(database);
    if (!links) return links.failure();
    for (const store::LinkRow& link : *links) {
      const auto a = by_number.find(link.a), b = by_number.find(link.b);
      if (a == by_number.end() || b == by_number.end()) continue;
      if (!wanted(*a->second, *b->second)) continue;
      context.print(
          "  {} = {}  {}  {}{}\n", visible_line(a->second->subject.substr(2)),
          visible_line(b->second->subject.substr(2)),
          context.say(ingest::kind_label(link.reason.substr(0, link.reason.find(' ')))),
          visible_line(link.source),
          link.undone_at ? context.say({"  (taken back)", "  （已取消）"}) : std::string());
    }
    return {};
  }

  std::string x_id;
  DatabaseArgument x_database;
  std::string x_undo;
  std::string x_redo;
};

}  // namespace

const Entry& links() {
  static const Entry entry{
      .name = "links",
      .summary = {"show why ids and handles are one person; take a link back or restore it",
                  "查看编号与账号为何认作一人；取消或恢复某条关联"},
      .details = {"Each line: the two ids, what they share (phone, email, account, or a channel's "
                  "handle), and the row "
                  "that says so.\n\nExamples:\n  xinjing links C1001\n  xinjing links C1001 --undo "
                  "weibo:someone\n  xinjing links C1001 --redo weibo:someone",
                  "每行：两个编号、共同之处（电话、邮箱、户号或渠道账号）、出自哪一行。\n\n示例：\n"
                  "  xinjing links C1001\n"
                  "  xinjing links C1001 --undo weibo:某人\n"
                  "  xinjing links C1001 --redo weibo:某人"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Links>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
