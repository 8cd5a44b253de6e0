#include "ingest/table.h"

#include "ingest/aliases.h"

namespace xinjing::ingest {
namespace {

using enum CellType;
using Word = std::string_view;

constexpr ColumnSpec kCustomers[] = {
    {.name = "customer", .required = true, .aliases = aliases::kCustomer},
    {.name = "name", .personal = true, .aliases = aliases::kName},
    {.name = "phone", .personal = true, .aliases = aliases::kPhone},
    {.name = "email", .personal = true, .aliases = aliases::kEmail},
    {.name = "account", .personal = true, .aliases = aliases::kAccount},
    {.name = "gender", .aliases = aliases::kGender},
    {.name = "birth", .type = kDay, .personal = true, .aliases = aliases::kBirth},
    {.name = "age", .type = kInteger, .aliases = aliases::kAge},
    {.name = "occupation", .aliases = aliases::kOccupation},
    {.name = "household", .aliases = aliases::kHousehold},
    {.name = "region", .aliases = aliases::kRegion},
    {.name = "address", .personal = true, .aliases = aliases::kAddress},
    {.name = "kind", .aliases = aliases::kKind},
    {.name = "level", .aliases = aliases::kLevel},
    {.name = "industry", .aliases = aliases::kIndustry},
    {.name = "registered", .type = kTime, .aliases = aliases::kRegistered},
    {.name = "tags", .aliases = aliases::kTags},
    {.name = "consent", .aliases = aliases::kConsent},
    {.name = "note", .free_text = true, .aliases = aliases::kNote}};

constexpr ColumnSpec kIdentities[] = {
    {.name = "customer", .required = true, .aliases = aliases::kCustomer},
    {.name = "channel", .required = true, .aliases = aliases::kChannel},
    {.name = "handle", .required = true, .personal = true, .aliases = aliases::kOnlyHandle},
    {.name = "time", .type = kTime, .aliases = aliases::kSince}};

constexpr ColumnSpec kMessages[] = {
    {.name = "message_id", .aliases = aliases::kMessage},
    {.name = "conversation", .aliases = aliases::kConversation},
    {.name = "customer", .aliases = aliases::kCustomer},
    {.name = "handle", .personal = true, .aliases = aliases::kHandle},
    {.name = "channel", .aliases = aliases::kChannel},
    {.name = "time", .type = kTime, .aliases = aliases::kTime},
    {.name = "speaker", .type = kSpeaker, .aliases = aliases::kSpeaker},
    {.name = "agent", .aliases = aliases::kAgent},
    {.name = "text", .required = true, .free_text = true, .aliases = aliases::kText},
    {.name = "lang", .aliases = aliases::kLang},
    {.name = "department", .aliases = aliases::kDepartment}};

constexpr ColumnSpec kOrders[] = {
    {.name = "order_id", .aliases = aliases::kOrder},
    {.name = "item_line", .aliases = aliases::kItemLine},
    {.name = "customer", .aliases = aliases::kCustomer},
    {.name = "handle", .personal = true, .aliases = aliases::kHandle},
    {.name = "channel", .aliases = aliases::kTradeChannel},
    {.name = "time", .type = kTime, .required = true, .aliases = aliases::kTradeTime},
    {.name = "product", .aliases = aliases::kProduct},
    {.name = "product_name", .aliases = aliases::kProductName},
    {.name = "category", .aliases = aliases::kCategory},
    {.name = "brand", .aliases = aliases::kBrand},
    {.name = "quantity", .type = kNumber, .aliases = aliases::kQuantity},
    {.name = "price", .type = kMoney, .aliases = aliases::kPrice},
    {.name = "amount", .type = kMoney, .aliases = aliases::kAmount},
    {.name = "currency", .aliases = aliases::kCurrency},
    {.name = "discount", .type = kMoney, .aliases = aliases::kDiscount},
    {.name = "status", .aliases = aliases::kStatus},
    {.name = "region", .aliases = aliases::kRegion},
    {.name = "note", .free_text = true, .aliases = aliases::kRemark}};

constexpr ColumnSpec kEvents[] = {
    {.name = "event_id", .aliases = aliases::kEvent},
    {.name = "customer", .aliases = aliases::kCustomer},
    {.name = "handle", .personal = true, .aliases = aliases::kHandle},
    {.name = "channel", .aliases = aliases::kPlainChannel},
    {.name = "time", .type = kTime, .required = true, .aliases = aliases::kTime},
    {.name = "kind", .required = true, .aliases = aliases::kEventKind},
    {.name = "object", .aliases = aliases::kObject},
    {.name = "category", .aliases = aliases::kCategory},
    {.name = "text", .free_text = true, .aliases = aliases::kSearch},
    {.name = "visit", .aliases = aliases::kVisit},
    {.name = "value", .type = kNumber, .aliases = aliases::kValue},
    {.name = "device", .aliases = aliases::kDevice},
    {.name = "region", .aliases = aliases::kRegion}};

constexpr ColumnSpec kResponses[] = {
    {.name = "response_id", .aliases = aliases::kResponse},
    {.name = "customer", .aliases = aliases::kCustomer},
    {.name = "handle", .personal = true, .aliases = aliases::kHandle},
    {.name = "channel", .aliases = aliases::kPlainChannel},
    {.name = "time", .type = kTime, .aliases = aliases::kTime},
    {.name = "survey", .aliases = aliases::kSurvey},
    {.name = "item", .aliases = aliases::kItem},
    {.name = "score", .type = kNumber, .aliases = aliases::kScore},
    {.name = "scale_max", .type = kNumber, .aliases = aliases::kScaleMax},
    {.name = "answer", .free_text = true, .aliases = aliases::kAnswer},
    {.name = "about", .aliases = aliases::kAbout}};

constexpr ColumnSpec kTouchpoints[] = {
    {.name = "touchpoint_id", .aliases = aliases::kTouchpoint},
    {.name = "case_id", .required = true, .aliases = aliases::kCase},
    {.name = "customer", .aliases = aliases::kCustomer},
    {.name = "handle", .personal = true, .aliases = aliases::kHandle},
    {.name = "channel", .aliases = aliases::kPlainChannel},
    {.name = "activity", .required = true, .aliases = aliases::kActivity},
    {.name = "started", .type = kTime, .required = true, .aliases = aliases::kStarted},
    {.name = "ended", .type = kTime, .aliases = aliases::kEnded},
    {.name = "resource", .aliases = aliases::kResource},
    {.name = "status", .aliases = aliases::kStatus},
    {.name = "note", .free_text = true, .aliases = aliases::kNote}};

constexpr ColumnSpec kUsage[] = {
    {.name = "reading_id", .aliases = aliases::kReading},
    {.name = "customer", .aliases = aliases::kCustomer},
    {.name = "account", .personal = true, .aliases = aliases::kAccount},
    {.name = "meter", .aliases = aliases::kMeter},
    {.name = "time", .type = kTime, .required = true, .aliases = aliases::kReadTime},
    {.name = "kind", .aliases = aliases::kUsageKind},
    {.name = "quantity", .type = kNumber, .required = true, .aliases = aliases::kUsed},
    {.name = "unit", .aliases = aliases::kUnit},
    {.name = "charge", .type = kMoney, .aliases = aliases::kCharge},
    {.name = "currency", .aliases = aliases::kCurrency},
    {.name = "tariff", .aliases = aliases::kTariff}};

constexpr ColumnSpec kObservations[] = {
    {.name = "observation_id", .aliases = aliases::kObservation},
    {.name = "customer", .required = true, .aliases = aliases::kCustomer},
    {.name = "time", .type = kTime, .aliases = aliases::kTime},
    {.name = "staff", .aliases = aliases::kStaff},
    {.name = "construct", .required = true, .aliases = aliases::kConstruct},
    {.name = "state", .required = true, .aliases = aliases::kState},
    {.name = "weight", .type = kNumber, .aliases = aliases::kWeight},
    {.name = "conversation", .aliases = aliases::kRelation},
    {.name = "note", .free_text = true, .aliases = aliases::kObservedNote}};

constexpr Word kCustomerKey[] = {"customer"};
constexpr Word kIdentityKey[] = {"customer", "channel", "handle"};
constexpr Word kMessageKey[] = {"message_id"};
constexpr Word kOrderKey[] = {"order_id", "item_line"};
constexpr Word kEventKey[] = {"event_id"};
constexpr Word kResponseKey[] = {"response_id", "item"};
constexpr Word kTouchpointKey[] = {"touchpoint_id"};
constexpr Word kUsageKey[] = {"reading_id"};
constexpr Word kObservationKey[] = {"observation_id"};

constexpr TableSpec kTables[] = {{"customers", kCustomers, kCustomerKey},
                                 {"identities", kIdentities, kIdentityKey},
                                 {"messages", kMessages, kMessageKey},
                                 {"orders", kOrders, kOrderKey},
                                 {"events", kEvents, kEventKey},
                                 {"responses", kResponses, kResponseKey},
                                 {"touchpoints", kTouchpoints, kTouchpointKey},
                                 {"usage", kUsage, kUsageKey},
                                 {"observations", kObservations, kObservationKey}};

}  // namespace

std::span<const TableSpec> table_specs() { return kTables; }

const TableSpec* find_table(std::string_view name) {
  for (const TableSpec& table : kTables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

}  // namespace xinjing::ingest
