#pragma once

#include <string>
#include <string_view>

#include "base/lang.h"

namespace xinjing::ingest {

/// What identifies someone on a channel, in a form that is equal for equal people.
struct Handle {
  std::string kind;  // "phone", "email", "account", or the channel: "wechat", "weibo", …
  std::string value;

  bool operator==(const Handle&) const = default;
  auto operator<=>(const Handle&) const = default;
};

/// "wechat" from 微信, WeChat, 企业微信号; an unknown channel is its own name in lower case.
std::string channel_id(std::string_view channel);

/// The digits of a telephone number without country code 86 and separators; empty if it is none.
std::string normal_phone(std::string_view text);
/// In lower case; empty if it is no e-mail address.
std::string normal_email(std::string_view text);
/// Letters and digits of an account number in upper case.
std::string normal_account(std::string_view text);

/// A handle as it stands in a file: what looks like a telephone number or an e-mail address is one
/// on every channel; anything else belongs to its channel. Empty value: there is none.
Handle normal_handle(std::string_view channel, std::string_view handle);

/// The value with most of it starred, in one word: "138****5678", "l***@x.cn", "***3456", "兰***".
/// Masking what is masked changes nothing.
std::string masked(const Handle& handle);

/// What two people share, by the kind of a handle: "phone", 电话; an unknown channel is its own
/// name.
Said kind_label(std::string_view kind);

/// "c:<customer>".
std::string subject_of_customer(std::string_view customer);
/// "h:<kind>:<value>".
std::string subject_of_handle(const Handle& handle);

}  // namespace xinjing::ingest
