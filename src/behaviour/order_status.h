#pragma once

#include <string_view>

namespace xinjing::behaviour {

/// SQL that is true of a row of orders that never came to pass, by its status in small letters.
/// REQUIRES: one table of the query has a column `status`.
inline constexpr std::string_view kCancelledOrder =
    "REGEXP_MATCHES(LOWER(COALESCE(status, '')), "
    "'^(cancel|void|refunded|failed|unpaid|abandoned|true$|yes$|y$|是$)|取消|作废|已退款|全额退款|"
    "交易关闭|已关闭|未付款|待付款|支付失败')";

}  // namespace xinjing::behaviour
