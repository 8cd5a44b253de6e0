#include "store/erase.h"
#include "base/json_writer.h"
#include "cli/company.h"

namespace xinjing::cli::catalog {
namespace {

class Erase final : public Command {
 public:
  void declare(Arguments& arguments) override {
    arguments.add({.name = "ID",
                   .field = &x_id,
                   .help = {"customer id or channel:handle", "客户编号，或 渠道:账号"},
                   .required = true});
    x_database.declare(arguments);
    arguments.add(
        {.name = "--json", .field = &x_json, .help = {"the receipt as JSON", "以 JSON 输出回执"}});
  }

  Result<int> run(const Context& context) override {
    const Result<std::filesystem::path> path = x_database.existing();
    if (!path) return path.failure();
    Result<store::EraseReceipt> receipt =
        store::erase_person(*path, Sensitive<std::string>(x_id), now());
    if (!receipt) return receipt.failure();
    fmt::print(context.out, "{}\n",
               x_json ? json_receipt(*receipt) : text_receipt(*receipt, context));
    return int{kDone};
  }

 private:
  static std::string json_receipt(const store::EraseReceipt& receipt) {
    std::string out;
    JsonWriter json(out);
    json.begin_object()
        .field("at", iso_time(receipt.at, 0))
        .field("ids", receipt.ids)
        .key("rows")
        .begin_object();
    for (const auto& table : receipt.tables) json.field(table.name, table.rows);
    json.end_object()
        .field("digest_before", receipt.digest_before)
        .field("digest_after", receipt.digest_after);
    json.end_object();
    return out;
  }

  static std::string text_receipt(const store::EraseReceipt& receipt, const Context& context) {
    const bool zh = context.lang == Lang::kZh;
    std::string out =
        zh ? fmt::format("已删除：{} 个编号和账号，时间 {}\n", receipt.ids, iso_time(receipt.at, 0))
           : fmt::format("Erased: {} ids and handles, at {}\n", receipt.ids,
                         iso_time(receipt.at, 0));
    for (const auto& table : receipt.tables) {
      out += fmt::format("  {:<16} {}{}\n", table.name, table.rows, zh ? " 行" : " rows");
    }
    out += zh ? fmt::format(
                    "  文件摘要 {} -> "
                    "{}\n不在此列、须另行处理：公司自己的原始文件、拒收清单、已导出的表和备份。",
                    receipt.digest_before, receipt.digest_after)
              : fmt::format(
                    "  digest of the file {} -> {}\nNot touched, and yours to clear: the company's "
                    "own files, the "
                    "list of rejected rows, exports and backups.",
                    receipt.digest_before, receipt.digest_after);
    return out;
  }

  std::string x_id;
  DatabaseArgument x_database;
  bool x_json = false;
};

}  // namespace

const Entry& erase() {
  static const Entry entry{
      .name = "erase",
      .summary = {"erase a person from every table, sum and byte of the file",
                  "把一个人从每张表、每个合计、文件的每个字节中删除"},
      .details = {"Deletes all rows about the person and their conversations, then writes the file "
                  "anew so that no byte "
                  "is left.\nRows of the same person that are delivered again are refused. Prints "
                  "a receipt.\n\n"
                  "Example: xinjing erase C1001",
                  "删除与此人有关的所有行和对话，然后重写整个文件，不留一个字节；以后再送来的同一人"
                  "的行会被拒收。打印回执。"
                  "\n\n示例：xinjing erase C1001"},
      .make = [] { return std::unique_ptr<Command>(std::make_unique<Erase>()); }};
  return entry;
}

}  // namespace xinjing::cli::catalog
