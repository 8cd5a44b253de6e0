#include "profile/act_record_table.h"

#include "base/format.h"
#include "evidence/act.h"

namespace xinjing::profile {
namespace {

std::string money(std::int64_t ten_thousandths, const std::string& currency) {
  constexpr double kUnits = 10'000;
  const std::string sign = currency.empty() || currency == "CNY" ? "¥" : currency + " ";
  return fmt::format("{}{:.2f}", sign, double(ten_thousandths) / kUnits);
}

}  // namespace

Said act_in_words(const store::QuotedEvidence& evidence) {
  if (evidence.act.empty()) return {};
  const store::StoredAct& row = evidence.record;
  Said out = evidence::act_label(evidence.act);
  if (!row.what.empty()) out.en += ": " + row.what, out.zh += "：" + row.what;
  if (row.amount) {
    const std::string sum = money(*row.amount, row.currency);
    out.en += " " + sum, out.zh += " " + sum;
  }
  if (row.discount && *row.discount != 0) {
    const std::string off = money(std::abs(*row.discount), row.currency);
    out.en += fmt::format(", {} off", off), out.zh += fmt::format("，优惠 {}", off);
  }
  if (!row.id.empty()) {
    out.en += fmt::format(" ({})", row.id), out.zh += fmt::format("（{}）", row.id);
  }
  return out;
}

}  // namespace xinjing::profile
