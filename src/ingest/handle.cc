#include "ingest/handle.h"

#include <algorithm>

#include "base/format.h"
#include "base/utf8.h"
#include "ingest/header.h"
#include "ingest/number_run.h"
#include "ingest/values.h"

namespace xinjing::ingest {
namespace {

using Word = std::string_view;

struct Channel {
  Word word;  // anywhere in the name, as header_key leaves it
  Word id;
};
// The first that is found; the more special words stand first.
constexpr Channel kChannels[] = {
    {"微信", "wechat"},   {"wechat", "wechat"}, {"weixin", "wechat"},   {"公众号", "wechat"},
    {"小程序", "wechat"}, {"微博", "weibo"},    {"weibo", "weibo"},     {"抖音", "douyin"},
    {"douyin", "douyin"}, {"淘宝", "taobao"},   {"taobao", "taobao"},   {"旺旺", "taobao"},
    {"天猫", "tmall"},    {"tmall", "tmall"},   {"京东", "jd"},         {"qq", "qq"},
    {"短信", "sms"},      {"sms", "sms"},       {"邮件", "email"},      {"邮箱", "email"},
    {"email", "email"},   {"mail", "email"},    {"户号", "account"},    {"account", "account"},
    {"手机号", "phone"},  {"电话", "phone"},    {"热线", "phone"},      {"phone", "phone"},
    {"call", "phone"},    {"hotline", "phone"}, {"tel", "phone"},       {"手机", "phone"},
    {"网页", "web"},      {"网站", "web"},      {"官网", "web"},        {"在线", "web"},
    {"web", "web"},       {"online", "web"},    {"twitter", "twitter"}, {"facebook", "facebook"},
    {"app", "app"},       {"营业厅", "hall"},   {"门店", "store"},      {"商城", "shop"},
    {"letter", "letter"}, {"来信", "letter"}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char upper(char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

std::string lower_case(Word text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

}  // namespace

std::string channel_id(std::string_view channel) {
  std::string key = header_key(channel);
  for (const Channel& known : kChannels) {
    if (key.find(known.word) != std::string::npos) return std::string(known.id);
  }
  return key;
}

std::string normal_phone(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with("+")) text.remove_prefix(1);
  if (text.starts_with("(")) text.remove_prefix(1);
  if (text.size() > 64 || digit_bytes(text, 0) == 0) return {};
  const NumberRun run = number_run(text, 0);
  if (run.span().end != text.size()) return {};
  std::string digits = run.digits;
  if (digits.starts_with("0086")) digits.erase(0, 4);
  if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
  return digits.size() >= 7 && digits.size() <= 15 ? digits : std::string();
}

std::string normal_email(std::string_view text) {
  text = trimmed(text);
  const std::size_t at = text.find('@');
  const bool good = at != Word::npos && at > 0 && text.find('.', at) != Word::npos &&
                    text.find_first_of(" \t@", at + 1) == Word::npos;
  return good ? lower_case(text) : std::string();
}

std::string normal_account(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t bytes = digit_bytes(text, i);
    if (bytes == 3) out.push_back(char('0' + (text[i + 2] - '\x90')));
    if (bytes == 1 || is_letter(text[i])) out.push_back(upper(text[i]));
    i += std::max<std::size_t>(bytes, 1);
  }
  return out;
}

Handle normal_handle(std::string_view channel, std::string_view handle) {
  handle = trimmed(handle);
  const std::string id = channel_id(channel);
  if (id == "account") return {id, normal_account(handle)};
  if (std::string email = normal_email(handle); !email.empty()) return {"email", std::move(email)};
  std::string phone = normal_phone(handle);
  const bool mobile = phone.size() == 11 && phone[0] == '1' && phone[1] >= '3';
  if (!phone.empty() && (mobile || id == "phone" || id == "sms"))
    return {"phone", std::move(phone)};
  return {id, lower_case(handle)};
}

std::string masked(const Handle& handle) {
  constexpr std::size_t kLast = 4;
  const Word value = handle.value;
  const Word last = value.substr(value.size() - std::min(kLast, value.size()));
  if (handle.kind == "phone" && value.size() > 2 * kLast) {
    return fmt::format("{}****{}", value.substr(0, 3), last);
  }
  if (handle.kind == "phone" || handle.kind == "account") return fmt::format("***{}", last);
  const Word first = value.empty() ? value : value.substr(0, decode_utf8(value).bytes);
  const std::size_t at = handle.kind == "email" ? value.rfind('@') : Word::npos;
  return fmt::format("{}***{}", first == " " ? Word() : first,
                     at == Word::npos ? Word() : value.substr(at));
}

Said kind_label(std::string_view kind) {
  struct Label {
    Word kind, zh;
  };
  static constexpr Label kLabels[] = {
      {"phone", "电话"},  {"email", "邮箱"},      {"account", "户号"},     {"wechat", "微信"},
      {"weibo", "微博"},  {"douyin", "抖音"},     {"taobao", "淘宝"},      {"tmall", "天猫"},
      {"jd", "京东"},     {"qq", "QQ"},           {"sms", "短信"},         {"web", "网页"},
      {"app", "APP"},     {"hall", "营业厅"},     {"store", "门店"},       {"shop", "商城"},
      {"letter", "来信"}, {"twitter", "Twitter"}, {"facebook", "Facebook"}};
  for (const Label& label : kLabels) {
    if (label.kind == kind) return {std::string(kind), std::string(label.zh)};
  }
  return {std::string(kind), std::string(kind)};
}

std::string subject_of_customer(std::string_view customer) { return "c:" + std::string(customer); }

std::string subject_of_handle(const Handle& handle) {
  return "h:" + handle.kind + ":" + handle.value;
}

}  // namespace xinjing::ingest
