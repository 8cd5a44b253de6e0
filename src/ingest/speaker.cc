#include "ingest/speaker.h"

#include <algorithm>
#include <span>

#include "ingest/header.h"

namespace xinjing::ingest {
namespace {

using Word = std::string_view;

constexpr Word kCustomerWords[] = {
    "customer", "user",   "client",  "caller",   "visitor",  "buyer",    "guest", "consumer",
    "member",   "in",     "inbound", "incoming", "received", "c",        "human", "author",
    "enduser",  "0",      "cust",    "客户",     "用户",     "顾客",     "买家",  "访客",
    "会员",     "客人",   "来电人",  "来电者",   "消费者",   "住客",     "业主",  "乘客",
    "市民",     "家长",   "学员",    "患者",     "粉丝",     "用电客户", "接收",  "呼入",
    "来话",     "客户说", "主叫",    "甲方",     "买方"};
constexpr Word kAgentWords[] = {"agent",
                                "staff",
                                "seller",
                                "support",
                                "representative",
                                "rep",
                                "operator",
                                "service",
                                "csr",
                                "advisor",
                                "assistant",
                                "employee",
                                "company",
                                "helpdesk",
                                "out",
                                "outbound",
                                "outgoing",
                                "sent",
                                "a",
                                "1",
                                "host",
                                "customerservice",
                                "sales",
                                "merchant",
                                "business",
                                "brand",
                                "坐席",
                                "座席",
                                "客服",
                                "客服人员",
                                "人工",
                                "人工客服",
                                "商家",
                                "卖家",
                                "话务员",
                                "员工",
                                "工作人员",
                                "服务人员",
                                "销售",
                                "销售顾问",
                                "顾问",
                                "置业顾问",
                                "前台",
                                "经理",
                                "客户经理",
                                "店家",
                                "店主",
                                "店铺",
                                "接线员",
                                "商户",
                                "发送",
                                "呼出",
                                "去话",
                                "营业员",
                                "老师",
                                "乙方",
                                "被叫",
                                "企业",
                                "在线客服"};
constexpr Word kBotWords[] = {"bot",        "robot",    "system", "ivr",          "auto",
                              "automatic",  "chatbot",  "ai",     "virtualagent", "2",
                              "机器人",     "智能客服", "系统",   "自动回复",     "智能助手",
                              "智能机器人", "系统消息", "小助手", "语音导航"};

bool among(Word word, std::span<const Word> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::optional<Speaker> speaker_from(std::string_view word) {
  const std::string key = header_key(word);
  if (among(key, kCustomerWords)) return Speaker::kCustomer;
  if (among(key, kAgentWords)) return Speaker::kAgent;
  if (among(key, kBotWords)) return Speaker::kBot;
  return {};
}

}  // namespace xinjing::ingest
