#include "cli/company.h"
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
  }

  Result<int> run(const Context& context) override {
    const std::filesystem::path path = x_database.resolved();
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      return fail(ErrorCode::kNotFound, {"there is no such database", "没有这个数据文件"},
                  path.string());
    }
    Result<store::Database> database = store::Database::open(path, {.read_only = x_undo.empty()});
    if (!database) return database.failure();
    Result<std::vector<store::SubjectRow>> subjects = store::read_subjects(*database);
    if (!subjects) return subjects.failure();
    if (!x_undo.empty()) return undo(context, *database, *subjects);
    return list(context, *database, *subjects);
  }

 private:
  using Subjects = std::vector<store::SubjectRow>;

  static Result<std::int64_t> number(const Subjects& subjects, const std::string& id) {
    for (const store::SubjectRow& row : subjects) {
      if (row.subject == id || row.subject == "c:" + id || row.subject == "h:" + id)
        return row.subject_no;
    }
    return fail(ErrorCode::kNotFound, {"there is no such customer or handle", "没有这个客户或账号"},
                id);
  }

  Result<int> undo(const Context& context, const store::Database& database,
                   const Subjects& subjects) const {
    const Result<std::int64_t> a = number(subjects, x_id), b = number(subjects, x_undo);
    if (!a) return a.failure();
    if (!b) return b.failure();
    const Result<std::int64_t> undone = store::undo_link(database, *a, *b, now());
    if (!undone) return undone.failure();
    if (*undone == 0) {
      return fail(ErrorCode::kNotFound, {"these two are not linked directly", "这两者没有直接关联"},
                  x_id + " " + x_undo);
    }
    fmt::print(context.out, "{}\n",
               context.say({"Taken back. Run xinjing analyze again and their portraits part.",
                            "已取消。再运行一次 xinjing analyze，两人的画像即分开。"}));
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
    std::map<std::int64_t, const store::SubjectRow*> by_number;
    for (const store::SubjectRow& row : subjects) by_number[row.subject_no] = &row;
    Result<std::vector<store::LinkRow>> links = store::read_links(database);
    if (!links) return links.failure();
    for (const store::LinkRow& link : *links) {
      const auto a = by_number.find(link.a), b = by_number.find(link.b);
      if (a == by_number.end() || b == by_number.end()) continue;
      if (person && a->second->person != *person && b->second->person != *person) continue;
      fmt::print(context.out, "  {} = {}  {}  {}{}\n", a->second->subject.substr(2),
                 b->second->subject.substr(2), link.reason.substr(0, link.reason.find(' ')),
                 link.source,
                 link.undone_at ? context.say({"  (taken back)", "  （已取消）"}) : std::string());
    }
    return int{kDone};
  }

  std::string x_id;
  DatabaseArgument x_database;
  std::string x_undo;
};

}  // namespace

const Entry& links() {
  static const Entry entry{
      .name = "links",
      .summary = {"show why ids and handles are one person; take a link back",
                  "查看编号与账号为何认作一人；取消某条关联"},
      .details = {"Each line: the two ids, what they share (phone, email, account, or a channel's "
                  "handle), and the row "
                  "that says so.\n\nExamples:\n  xinjing links C1001\n  xinjing links C1001 --undo "
                  "weibo:someone",
                  "每行：两个编号、共同之处（电话、邮箱、户号或渠道账号）、出自哪一行。\n\n示例：\n"
                  "  xinjing links C1001\n"
                  "  xinjing links C1001 --undo weibo:某人"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Links>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
