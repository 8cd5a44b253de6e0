#include "ingest/redaction.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "ingest/address.h"
#include "ingest/number_run.h"

namespace xinjing::ingest {
namespace {

using Word = std::string_view;

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
bool is_alnum(char c) { return is_ascii_digit(c) || is_letter(c); }

/// True if the text could hold anything at all: a digit or an at sign.
bool has_trigger(Word text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_ascii_digit(c) || c == '@') return true;
    if (c == '\xef' && (digit_bytes(text, i) > 0 || text.substr(i, 3) == "＠")) return true;
  }
  return false;
}

// ---- what the words before a number say of it

constexpr Word kOrderWords[] = {"订单",      "单号",     "流水",   "工单",    "运单",   "快递",
                                "物流",      "发票",     "票号",   "受理号",  "交易号", "编号",
                                "序列号",    "型号",     "版本",   "批号",    "条码",   "order",
                                "invoice",   "tracking", "ticket", "receipt", "serial", "booking",
                                "reference", "case no",  "imei",   "sku"};
constexpr Word kAccountWords[] = {"户号",
                                  "户编号",
                                  "客户编号",
                                  "用户编号",
                                  "缴费号",
                                  "缴费编号",
                                  "表号",
                                  "电表",
                                  "水表",
                                  "燃气表",
                                  "账号",
                                  "帐号",
                                  "账户",
                                  "帐户",
                                  "用电编号",
                                  "account",
                                  "acct",
                                  "meter",
                                  "customer number",
                                  "customer no"};
constexpr Word kMessengerWords[] = {"qq", "扣扣", "微信"};
constexpr Word kBankWords[] = {"卡号",        "银行卡",  "信用卡",    "储蓄卡",      "借记卡",
                               "card number", "card no", "bank card", "credit card", "debit card"};
constexpr Word kIdWords[] = {"身份证", "证件号", "id card", "id number", "identity card"};
constexpr Word kPhoneWords[] = {"电话", "座机", "固话", "致电", "来电", "tel", "phone", "call"};
constexpr Word kPassportWords[] = {"护照", "passport"};
constexpr Word kNoPhoneWords[] = {"话费", "电话费", "电话卡", "编号", "单号"};
constexpr Word kBreaks[] = {"，", "。", "；", "！", "？", "、", ",", ";", "!", "?", "\n"};
constexpr Word kMoneyBehind[] = {"元", "块",   "万",  "亿",  "%", "％",
                                 "度", "千瓦", "kWh", "kwh", "圆"};
constexpr Word kMoneyBefore[] = {"¥", "￥", "$", "€", "£", "RMB", "rmb"};

template <std::size_t N>
bool has_any(Word text, const Word (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](Word word) { return text.find(word) != Word::npos; });
}

/// The clause that leads to text[at], lower case, at most 36 bytes, without earlier numbers.
std::string clause_before(Word text, std::size_t at) {
  std::size_t begin = at > 36 ? at - 36 : 0;
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) ++begin;
  Word before = text.substr(begin, at - begin);
  for (const Word mark : kBreaks) {
    const std::size_t found = before.rfind(mark);
    if (found != Word::npos) before.remove_prefix(found + mark.size());
  }
  for (std::size_t i = before.size(); i > 0; --i) {
    if (!is_ascii_digit(before[i - 1])) continue;
    before.remove_prefix(i);
    break;
  }
  std::string out(before);
  for (char& c : out) c = is_upper(c) ? char(c + 32) : c;
  return out;
}

struct Context {
  bool order = false, account = false, messenger = false, bank = false, id = false, phone = false;
  bool passport = false;
};

Context context_before(Word text, std::size_t at) {
  const std::string clause = clause_before(text, at);
  Context context;
  context.account = has_any(clause, kAccountWords);
  context.messenger = has_any(clause, kMessengerWords);
  context.bank = has_any(clause, kBankWords);
  context.id = has_any(clause, kIdWords);
  context.phone = has_any(clause, kPhoneWords) && !has_any(clause, kNoPhoneWords);
  context.passport = has_any(clause, kPassportWords);
  context.order = has_any(clause, kOrderWords) && !context.account && !context.id;
  return context;
}

// ---- what a number can be by itself

bool in_range(char c, char low, char high) { return c >= low && c <= high; }

bool is_mobile(Word d) {
  if (d.starts_with("0086")) d.remove_prefix(4);
  if (d.size() == 13 && d.starts_with("86")) d.remove_prefix(2);
  if (d.size() == 12 && d.starts_with("0")) d.remove_prefix(1);
  return d.size() == 11 && d[0] == '1' && in_range(d[1], '3', '9');
}

bool is_landline(Word d) {
  if (d.size() < 10 || d[0] != '0') return false;
  const bool short_code = d[1] == '1' ? d[2] == '0' : d[1] == '2';
  const std::size_t code = short_code ? 3 : 4;
  if (!short_code && !in_range(d[1], '3', '9')) return false;
  const std::size_t local = d.size() - code;
  return (local == 8 || (local == 7 && !short_code)) && in_range(d[code], '2', '9');
}

/// 415-555-2671, also with a leading 1. Companies' free numbers are nobody's.
bool is_american(const NumberRun& run, std::size_t count) {
  const std::size_t first = count == 4 && run.groups[0].count == 1 && run.digits[0] == '1' ? 1 : 0;
  if (count - first != 3) return false;
  const auto* group = &run.groups[first];
  if (group[0].count != 3 || group[1].count != 3 || group[2].count != 4) return false;
  const Word area = Word(run.digits).substr(group[0].first, 3);
  for (const Word free : {"400", "800", "888", "877", "866", "855", "844", "833"}) {
    if (area == free) return false;
  }
  return area[0] >= '2';
}

bool is_bank_card(Word d) {
  if (d.size() < 16 || d.size() > 19 || !passes_luhn(d)) return false;
  const bool union_pay = d.starts_with("62") || d.starts_with("9558") || d.starts_with("60");
  const bool foreign = d.size() == 16 && (d[0] == '4' || d[0] == '5' || d.starts_with("35"));
  return union_pay || foreign;
}

/// Finds the personal data of one text, from left to right.
class Finder {
 public:
  explicit Finder(Word text) : x_text(text) {}

  std::vector<PersonalSpan> found() {
    find_emails();
    std::size_t email = 0;
    for (std::size_t i = 0; i < x_text.size();) {
      while (email < x_emails.size() && x_emails[email].span.end <= i) ++email;
      x_limit = email < x_emails.size() ? x_emails[email].span.begin : x_text.size();
      if (x_limit <= i) {
        x_found.push_back(x_emails[email]);
        i = x_emails[email].span.end;
      } else {
        i = step(i);
      }
    }
    return std::move(x_found);
  }

 private:
  void add(PersonalKind kind, std::size_t begin, std::size_t end) {
    x_found.push_back({kind, {std::uint32_t(begin), std::uint32_t(end)}});
  }

  std::size_t step(std::size_t i) {
    if (digit_bytes(x_text, i) > 0) return number(i);
    const auto byte = static_cast<unsigned char>(x_text[i]);
    if (byte < 0x80) return i + 1;
    const bool before_letter = i + 3 < x_text.size() && is_upper(x_text[i + 3]);
    if (byte >= 0xe4 && byte <= 0xe9 && before_letter) {
      if (const std::size_t end = plate_end(i)) return add(PersonalKind::kPlate, i, end), end;
    }
    return i + (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1);
  }

  void find_emails() {
    for (std::size_t at = x_text.find_first_of("@\xef"); at != Word::npos;
         at = x_text.find_first_of("@\xef", at + 1)) {
      const std::size_t width = x_text[at] == '@' ? 1 : x_text.substr(at, 3) == "＠" ? 3 : 0;
      if (width == 0) continue;
      const auto in_name = [](char c) {
        return is_alnum(c) || Word("._%+-").find(c) != Word::npos;
      };
      std::size_t begin = at, end = at + width;
      const std::size_t floor = x_emails.empty() ? 0 : x_emails.back().span.end;
      while (begin > floor && in_name(x_text[begin - 1])) --begin;
      while (end < x_text.size() &&
             (is_alnum(x_text[end]) || x_text[end] == '.' || x_text[end] == '-'))
        ++end;
      while (end > at + width && !is_letter(x_text[end - 1])) --end;
      const Word domain = x_text.substr(at + width, end - at - width);
      const std::size_t dot = domain.rfind('.');
      const bool good = begin < at && dot != Word::npos && dot > 0 && domain.size() - dot > 2;
      if (good)
        x_emails.push_back({PersonalKind::kEmail, {std::uint32_t(begin), std::uint32_t(end)}});
    }
  }

  /// 京A12345, 粤B·D12345: province, letter, five or six of which two are digits at least.
  std::size_t plate_end(std::size_t i) const {
    constexpr Word kProvinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    const std::size_t province = kProvinces.find(x_text.substr(i, 3));
    if (province == Word::npos || province % 3 != 0) return 0;
    std::size_t at = i + 4;
    for (const Word gap : {"·", " ", "-", "•"}) {
      if (x_text.substr(at).starts_with(gap)) at += gap.size();
    }
    std::size_t count = 0, digits = 0;
    while (at < x_text.size() && (is_upper(x_text[at]) || is_ascii_digit(x_text[at]))) {
      digits += is_ascii_digit(x_text[at]);
      ++at, ++count;
    }
    for (const Word last : {"学", "警", "港", "澳", "挂"}) {
      if (count == 4 && x_text.substr(at).starts_with(last)) at += 3, ++count;
    }
    const bool ends = at >= x_text.size() || !is_letter(x_text[at]);
    return (count == 5 || count == 6) && digits >= 2 && ends ? at : 0;
  }

  /// What the number at `i` is; where to go on.
  std::size_t number(std::size_t i) {
    const Word visible = x_text.substr(0, x_limit);  // a number ends where an e-mail address begins
    if (const auto address = address_at(visible, i)) {
      const std::size_t floor = x_found.empty() ? 0 : x_found.back().span.end;
      add(PersonalKind::kAddress, std::max<std::size_t>(address->begin, floor), address->end);
      return address->end;
    }
    const NumberRun run = number_run(visible, i);
    const std::size_t next = run.groups[0].span.end;
    constexpr std::size_t kFewestDigits = 5;
    if (run.digits.size() < kFewestDigits || begins_as_amount(run) || is_code(run)) return next;
    const std::size_t taken = take(run, context_before(x_text, i));
    return taken == 0 ? next : x_found.back().span.end;
  }

  /// ¥1299, and the 50 of 1299.50.
  bool begins_as_amount(const NumberRun& run) const {
    const Word before = x_text.substr(0, run.span().begin);
    if (before.size() > 1 && before.back() == '.' && is_ascii_digit(before[before.size() - 2]))
      return true;
    return std::any_of(std::begin(kMoneyBefore), std::end(kMoneyBefore),
                       [&](Word word) { return before.ends_with(word); });
  }

  /// 120元, and the 1299 of 1299.50.
  bool ends_as_amount(const NumberRun& run) const {
    const Word behind = x_text.substr(run.span().end);
    if (behind.size() > 1 && behind[0] == '.' && is_ascii_digit(behind[1])) return true;
    return std::any_of(std::begin(kMoneyBehind), std::end(kMoneyBehind),
                       [&](Word word) { return behind.starts_with(word); });
  }

  /// SF1234567890: letters before the digits make it a code, unless they say what the number is.
  bool is_code(const NumberRun& run) {
    const std::size_t begin = run.span().begin;
    std::size_t word_begin = begin;
    while (word_begin > 0 && is_letter(x_text[word_begin - 1])) --word_begin;
    if (word_begin == begin) return false;
    std::string word(x_text.substr(word_begin, begin - word_begin));
    for (char& c : word) c = char(c | 0x20);
    for (const Word known :
         {"tel", "phone", "mobile", "cell", "call", "qq", "wx", "vx", "id", "no", "wechat"}) {
      if (word == known) return false;
    }
    const bool passport = word.size() <= 2 &&
                          (run.groups[0].count == 8 || run.groups[0].count == 7) &&
                          context_before(x_text, word_begin).passport;
    if (passport) add(PersonalKind::kPassport, word_begin, run.groups[0].span.end);
    return true;
  }

  /// Tries the first groups of the run, the longest stretch first. How many were taken.
  std::size_t take(const NumberRun& run, const Context& context) {
    const std::size_t most = run.groups.size() - (ends_as_amount(run) ? 1 : 0);
    for (std::size_t count = most; count > 0; --count) {
      const auto& last = run.groups[count - 1];
      const std::string digits = run.digits.substr(0, last.first + last.count);
      if (digits.size() < 5 || digits.size() > 19) continue;
      const std::size_t begin = begin_of(run.span().begin);
      std::size_t end = last.span.end;
      if (const auto kind = id_kind(digits, end, context)) return add(*kind, begin, end), count;
      if (const auto kind = kind_of(digits, context, begin < run.span().begin)) {
        return add(*kind, begin, end), count;
      }
      if (!context.order && is_american(run, count)) {
        return add(PersonalKind::kLandline, begin, end), count;
      }
    }
    return 0;
  }

  /// With the plus sign before it.
  std::size_t begin_of(std::size_t digit) const {
    return digit > 0 && x_text[digit - 1] == '+' ? digit - 1 : digit;
  }

  /// An identity card; its X is not among the digits and moves `end`.
  std::optional<PersonalKind> id_kind(std::string digits, std::size_t& end,
                                      const Context& context) {
    const Word behind = x_text.substr(end);
    const std::size_t x_bytes = behind.starts_with("X") || behind.starts_with("x") ? 1
                                : behind.starts_with("Ｘ")                         ? 3
                                                                                   : 0;
    const bool with_x = digits.size() == 17 && x_bytes > 0;
    if (with_x) digits.push_back('X');
    const bool sure = is_id_card(digits) && !context.order;
    const bool said = context.id && (digits.size() == 18 || digits.size() == 15);
    if (!sure && !said) return {};
    if (with_x) end += x_bytes;
    return PersonalKind::kIdCard;
  }

  static std::optional<PersonalKind> kind_of(Word d, const Context& context, bool plus) {
    if (context.bank && d.size() >= 12) return PersonalKind::kBankCard;
    if (context.order) return {};
    const bool foreign = plus && !d.starts_with("86");
    if (is_mobile(d) && !foreign) return PersonalKind::kMobile;
    if (is_bank_card(d)) return PersonalKind::kBankCard;
    if (context.account && d.size() >= 8 && d.size() <= 16) return PersonalKind::kAccount;
    if (context.messenger && d.size() <= 11) return PersonalKind::kAccount;
    if (is_landline(d) || (plus && d.size() >= 8 && d.size() <= 15)) return PersonalKind::kLandline;
    const bool local = (d.size() == 7 || d.size() == 8) && in_range(d[0], '2', '8');
    if (context.phone && local) return PersonalKind::kLandline;
    return {};
  }

  Word x_text;
  std::vector<PersonalSpan> x_emails;
  std::size_t x_limit = 0;  // where the next of x_emails begins
  std::vector<PersonalSpan> x_found;
};

}  // namespace

Said personal_label(PersonalKind kind) {
  static constexpr Phrase kLabels[kPersonalKinds] = {
      {"mobile number", "手机号"},   {"landline number", "座机号"}, {"e-mail address", "邮箱"},
      {"identity card", "身份证号"}, {"bank card", "银行卡号"},     {"number plate", "车牌号"},
      {"address", "地址"},           {"account number", "账户号"},  {"passport", "护照号"}};
  return kLabels[static_cast<std::size_t>(kind)].said();
}

namespace {

/// Where two findings share bytes (京A12345@example.com: a plate and an address of mail), one span
/// of the longer one's kind covers both: masking too much is better than too little.
std::vector<PersonalSpan> apart(std::vector<PersonalSpan> found) {
  std::stable_sort(found.begin(), found.end(), [](const PersonalSpan& a, const PersonalSpan& b) {
    return a.span.begin < b.span.begin;
  });
  std::vector<PersonalSpan> out;
  for (const PersonalSpan& next : found) {
    if (out.empty() || next.span.begin >= out.back().span.end) {
      out.push_back(next);
      continue;
    }
    PersonalSpan& last = out.back();
    if (next.span.size() > last.span.size()) last.kind = next.kind;
    last.span.end = std::max(last.span.end, next.span.end);
  }
  return out;
}

}  // namespace

std::vector<PersonalSpan> find_personal(std::string_view text) {
  if (!has_trigger(text)) return {};
  return apart(Finder(text).found());
}

void mask(std::string& text, std::span<const PersonalSpan> spans) {
  constexpr Word kSigns[] = {"*", "*", "×", "＊", "\U0001f7b2"};
  for (const PersonalSpan& personal : spans) {
    for (std::size_t i = personal.span.begin; i < personal.span.end;) {
      const std::size_t bytes = decode_utf8(Word(text).substr(i)).bytes;
      text.replace(i, bytes, kSigns[bytes]);
      i += bytes;
    }
  }
}

bool redact(std::string& text, PersonalCounts& counts) {
  const std::vector<PersonalSpan> spans = find_personal(text);
  for (const PersonalSpan& personal : spans) ++counts[static_cast<std::size_t>(personal.kind)];
  mask(text, spans);
  return !spans.empty();
}

}  // namespace xinjing::ingest
