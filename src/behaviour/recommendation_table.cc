#include "behaviour/recommendation_table.h"

#include <algorithm>

#include "base/format.h"
#include "base/parallel.h"
#include "store/cells.h"
#include "store/renewal.h"

namespace xinjing::behaviour {
namespace {

constexpr int kTopKept = 5;
constexpr std::size_t kPeopleAtOnce = 20'000;
constexpr std::size_t kPeopleOfATask = 256;

// {0}: what a product is; {1}: the last day; {2}, {3}: the days that clocks can have meant.
constexpr std::string_view kLines = R"(
WITH lines AS (
  SELECT p.subject, s.person, NULLIF(TRIM({0}), '') AS key, local_time(o.time)::DATE AS day,
    COALESCE(o.product_name, '') AS name, o.category,
    CASE WHEN o.quantity > 0 AND o.amount < 0 THEN -o.quantity
      WHEN o.quantity IS NULL AND o.amount < 0 THEN -1
      ELSE COALESCE(o.quantity, 1) END AS quantity,
    COALESCE(o.price::DOUBLE, o.amount::DOUBLE / NULLIF(o.quantity, 0)) AS price,
    COALESCE(REGEXP_MATCHES(LOWER(o.status),
      '取消|退款|退货|关闭|作废|cancel|refund|void|returned|closed'), FALSE) AS cancelled
  FROM orders AS o
  LEFT JOIN subjects AS s ON s.subject_no = o.subject_no
  LEFT JOIN subjects AS p ON p.subject_no = s.person
  WHERE COALESCE(local_time(o.time)::DATE <= DATE '{1}', FALSE)
), kept AS (
  SELECT * FROM lines
  WHERE person IS NOT NULL AND key IS NOT NULL AND NOT cancelled AND quantity <> 0
    AND day BETWEEN DATE '{2}' AND DATE '{3}'
), keys AS (
  SELECT key, ROW_NUMBER() OVER (ORDER BY key) - 1 AS product
  FROM (SELECT DISTINCT key FROM kept)
), people AS (
  SELECT person, subject, ROW_NUMBER() OVER (ORDER BY subject) - 1 AS number
  FROM (SELECT DISTINCT person, subject FROM kept)
))";

constexpr std::string_view kCounts = R"(
SELECT COUNT(*), COUNT(*) FILTER (person IS NULL),
  COUNT(*) FILTER (person IS NOT NULL AND key IS NULL),
  COUNT(*) FILTER (person IS NOT NULL AND key IS NOT NULL AND cancelled),
  COUNT(*) FILTER (person IS NOT NULL AND key IS NOT NULL AND NOT cancelled AND quantity = 0),
  COUNT(*) FILTER (person IS NOT NULL AND key IS NOT NULL AND NOT cancelled AND quantity < 0),
  QUANTILE_DISC(day, 0.005), QUANTILE_DISC(day, 0.995), MIN(day), MAX(day)
FROM lines)";

constexpr std::string_view kProducts = R"(
, names AS (
  SELECT key, name, COUNT(*) AS n FROM kept WHERE name <> '' AND name <> key GROUP BY ALL
), named AS (
  SELECT key, ARG_MAX(name, (n, name)) AS name FROM names GROUP BY key
), facts AS (
  SELECT key, MIN(day) FILTER (quantity > 0) AS first_sold,
    MEDIAN(price) FILTER (price > 0 AND quantity > 0) AS price,
    MIN(category) AS category
  FROM kept GROUP BY key
), ranked AS (
  SELECT *, PERCENT_RANK() OVER (PARTITION BY price IS NULL ORDER BY price) AS in_all,
    PERCENT_RANK() OVER (PARTITION BY category, price IS NULL ORDER BY price) AS in_category,
    COUNT(price) OVER (PARTITION BY category) AS fellows,
    COUNT(price) OVER () AS priced
  FROM facts
)
SELECT r.key, n.name, r.first_sold,
  CASE WHEN price IS NULL OR priced < 5 THEN NULL
    WHEN category IS NOT NULL AND fellows >= 5 THEN in_category ELSE in_all END
FROM ranked AS r JOIN keys USING (key) LEFT JOIN named AS n USING (key) ORDER BY product)";

constexpr std::string_view kPeople = R"(
SELECT person, plain_id(subject) FROM people ORDER BY number)";

constexpr std::string_view kGrouped = R"(
SELECT p.number, k.product, day, SUM(quantity) FILTER (quantity > 0)::DOUBLE,
  SUM(quantity) FILTER (quantity < 0)::DOUBLE
FROM kept JOIN keys AS k USING (key) JOIN people AS p USING (person)
GROUP BY ALL)";

std::string_view key_of(ProductLevel level) {
  return level == ProductLevel::kCategory ? "o.category"
                                          : "COALESCE(NULLIF(TRIM(o.product), ''), o.product_name)";
}

/// The days that clocks can have meant: not farther from nearly all lines than these span, and two
/// months.
struct Fence {
  Day first{}, last{};
};

Fence fence_of(Day early, Day late) {
  const int slack = (late.number - early.number) / 2 + 60;
  return {{early.number - slack}, {late.number + slack}};
}

struct Query {
  ProductLevel level;
  std::string until;
  Fence fence;

  std::string with(std::string_view select) const {
    return fmt::format(fmt::runtime(kLines), key_of(level), until, iso_date(fence.first),
                       iso_date(fence.last)) +
           std::string(select);
  }
};

constexpr Day kFirstYear{-25'567};  // 1900, the first that files may have
constexpr Day kLastYear{84'006};    // 2200

Status count_rows(const DuckConnection& connection, Query& query, CompanyPurchases& out) {
  Result<DuckResult> rows = connection.query(query.with(kCounts));
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    out.rows = row.integer(0);
    out.without_customer = row.integer(1);
    out.without_product = row.integer(2);
    out.cancelled = row.integer(3);
    out.zero = row.integer(4);
    out.returns = row.integer(5);
    if (row.is_null(6)) return;
    query.fence = fence_of({std::int32_t(row.integer(6))}, {std::int32_t(row.integer(7))});
  });
}

Status load_products(const DuckConnection& connection, const Query& query, CompanyPurchases& out) {
  Result<DuckResult> rows = connection.query(query.with(kProducts));
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    ProductFacts one{.key = std::string(row.text(0)), .name = std::string(row.text_or_empty(1))};
    if (!row.is_null(2)) one.first_sold = {std::int32_t(row.integer(2))};
    if (!row.is_null(3)) one.price_rank = row.number(3);
    out.products.push_back(std::move(one));
  });
}

Status load_people(const DuckConnection& connection, const Query& query, CompanyPurchases& out) {
  Result<DuckResult> rows = connection.query(query.with(kPeople));
  if (!rows) return rows.failure();
  return rows->each([&](const DuckRow& row) {
    out.persons.push_back(row.integer(0));
    out.ids.emplace_back(row.text(1));
  });
}

Status load_lines(const DuckConnection& connection, const Query& query, CompanyPurchases& out) {
  Result<DuckResult> rows = connection.stream(query.with(kGrouped));
  if (!rows) return rows.failure();
  Day first{INT32_MAX};
  const Status read = rows->each([&](const DuckRow& row) {
    PurchaseLine line{.person = std::int32_t(row.integer(0)),
                      .product = std::int32_t(row.integer(1)),
                      .day = {std::int32_t(row.integer(2))}};
    first = std::min(first, line.day);
    out.until = std::max(out.until, Day{line.day.number + 1});
    for (const std::size_t column : {3U, 4U}) {
      if (row.is_null(column)) continue;
      line.quantity = float(row.number(column));
      out.lines.push_back(line);
    }
  });
  if (!out.lines.empty()) out.days = out.until.number - first.number;
  return read;
}

Result<std::int64_t> outside(const DuckConnection& connection, const Query& query) {
  return connection.integer(query.with(
      fmt::format("SELECT COUNT(*) FROM lines WHERE day NOT BETWEEN DATE '{}' AND DATE '{}'",
                  iso_date(query.fence.first), iso_date(query.fence.last))));
}

}  // namespace

std::optional<std::int32_t> CompanyPurchases::number_of(std::int64_t person) const {
  const auto at = std::find(persons.begin(), persons.end(), person);
  if (at == persons.end()) return {};
  return std::int32_t(at - persons.begin());
}

Result<CompanyPurchases> load_purchases(const DuckConnection& connection, ProductLevel level,
                                        std::optional<Day> as_of) {
  CompanyPurchases out;
  out.until = {INT32_MIN};
  Query query{level, iso_date(as_of.value_or(kLastYear)), {kFirstYear, kLastYear}};
  if (Status s = count_rows(connection, query, out); !s) return s.failure();
  const Result<std::int64_t> clock = outside(connection, query);
  if (!clock) return clock.failure();
  out.clock = *clock;
  if (Status s = load_products(connection, query, out); !s) return s.failure();
  if (Status s = load_people(connection, query, out); !s) return s.failure();
  if (Status s = load_lines(connection, query, out); !s) return s.failure();
  return out;
}

Method RecommendStudy::method(Among among) const {
  if (!trial.trial) return Method::kBlend;
  return among == Among::kNew ? trial.trial->fresh.chosen : trial.trial->any.chosen;
}

BlendWeights RecommendStudy::weights() const {
  return trial.trial ? trial.trial->weights : default_weights();
}

RecommendStudy study_purchases(CompanyPurchases company, int window_days, int k) {
  RecommendStudy out;
  out.options.k = k;
  out.options.recommend.window_days = window_days > 0 ? window_days : window_for(int(company.days));
  out.options.recommend.use_factors = std::int64_t(company.persons.size()) <= kMostPeopleForFactors;
  // One more than there are people: the newcomer.
  const Purchases purchases(std::move(company.lines), std::int32_t(company.persons.size()) + 1,
                            std::int32_t(company.products.size()));
  out.baskets = purchases.between({INT32_MIN}, company.until);
  out.returned_unbought = purchases.returned_unbought();
  out.people_cut = cut_persons(out.baskets, out.options.recommend.neighbours);
  if (purchases.products() >= kFewestProducts) {
    out.trial = run_trial(purchases, company.until, out.options);
  }
  out.company = std::move(company);
  return out;
}

Recommender recommender_of(const RecommendStudy& study) {
  return {study.baskets, {study.company.until.number - 1}, study.options.recommend};
}

std::vector<RecommendationRow> rows_for(const RecommendStudy& study, const Recommender& model,
                                        std::int32_t person, Among among, int top,
                                        Recommender::Scratch& scratch) {
  const CompanyPurchases& company = study.company;
  const Day as_of{company.until.number - 1};
  const Method method = study.method(among);
  std::vector<RecommendationRow> out;
  auto ranked = model.rank(method, person, among, top, study.weights(), scratch);
  if (method != Method::kBlend) model.explain(person, ranked, scratch);
  for (const Recommendation& one : ranked) {
    const ProductFacts& facts = company.products[std::size_t(one.product)];
    const Reason& reason = one.reason;
    RecommendationRow row{
        .person = person < study.newcomer() ? company.persons[std::size_t(person)] : 0,
        .rank = int(out.size()) + 1,
        .product = facts.key,
        .name = facts.name,
        .score = one.score,
        .method = std::string(method_id(method)),
        .why = reason.why,
        .other = reason.other < 0 ? "" : company.label(reason.other),
        .times = reason.count,
        .of_times = reason.of};
    if (reason.why == Why::kDue || reason.why == Why::kAgain) {
      row.gap_days = reason.gap_days;
      row.elapsed_days = reason.elapsed_days;
    }
    row.own_gaps = reason.own_gaps;
    if (model.seasons_known()) row.season = reason.season;
    row.price_rank = facts.price_rank;
    row.popularity_rank = model.popularity_rank(one.product);
    row.days_on_sale = as_of.number - facts.first_sold.number;
    row.window_days = study.options.recommend.window_days;
    row.as_of = as_of;
    out.push_back(std::move(row));
  }
  return out;
}

namespace {

Status append(DuckAppender& to, const RecommendationRow& row) {
  store::Cells cells(to);
  const auto text = [](const std::string& value) {
    return value.empty() ? std::optional<std::string_view>() : std::string_view(value);
  };
  cells << row.person << std::int64_t(row.rank) << std::string_view(row.product) << text(row.name)
        << row.score << std::string_view(row.method) << why_id(row.why) << text(row.other)
        << row.times << row.of_times << row.gap_days << row.own_gaps;
  row.elapsed_days ? cells << std::int64_t(*row.elapsed_days) : cells.null();
  cells << row.season << row.price_rank << row.popularity_rank << std::int64_t(row.days_on_sale)
        << std::int64_t(row.window_days) << row.as_of;
  return cells.end();
}

Status append_all(const DuckConnection& connection, const RecommendStudy& study,
                  const Recommender& model) {
  Result<DuckAppender> to = connection.appender("recommendations");
  if (!to) return to.failure();
  const std::size_t people = study.company.persons.size();
  std::vector<Recommender::Scratch> scratch(core_count(), model.scratch());
  for (std::size_t begin = 0; begin < people; begin += kPeopleAtOnce) {
    const std::size_t n = std::min(kPeopleAtOnce, people - begin);
    std::vector<std::vector<RecommendationRow>> rows(n);
    const auto work = [&](std::size_t task, std::size_t worker) {
      const std::size_t end = std::min(n, (task + 1) * kPeopleOfATask);
      for (std::size_t i = task * kPeopleOfATask; i < end; ++i) {
        rows[i] =
            rows_for(study, model, std::int32_t(begin + i), Among::kAny, kTopKept, scratch[worker]);
      }
    };
    parallel_for((n + kPeopleOfATask - 1) / kPeopleOfATask, scratch.size(), work);
    for (const auto& some : rows) {
      for (const RecommendationRow& row : some) {
        if (Status added = append(*to, row); !added) return added;
      }
    }
  }
  return to->close();
}

}  // namespace

Status write_recommendations(store::Database& database, Day as_of) {
  const DuckConnection& connection = database.connection();
  static constexpr std::string_view kFrom[] = {"orders", "subjects"};
  const store::Grounds grounds{.name = "recommendations", .tables = kFrom, .more = iso_date(as_of)};
  return store::renew(database, grounds, [&]() -> Status {
    Status gone = connection.run("DELETE FROM recommendations");
    if (!gone) return gone;
    Result<CompanyPurchases> company = load_purchases(connection, ProductLevel::kProduct, as_of);
    if (!company) return company.failure();
    if (std::int32_t(company->products.size()) < kFewestProducts ||
        std::int32_t(company->persons.size()) < kFewestPeople) {
      return {};
    }
    const RecommendStudy study = study_purchases(std::move(*company), 0, 10);
    return append_all(connection, study, recommender_of(study));
  });
}

Result<std::vector<RecommendationRow>> load_recommendations(const DuckConnection& connection,
                                                            std::int64_t person) {
  Result<DuckResult> rows = connection.query(
      "SELECT rank, product, name, score, method, why, other, times, of_times, gap_days, own_gaps, "
      "elapsed_days, season, price_rank, popularity_rank, days_on_sale, window_days, as_of "
      "FROM recommendations WHERE person = ? ORDER BY rank",
      {person});
  if (!rows) return rows.failure();
  std::vector<RecommendationRow> out;
  const Status read = rows->each([&](const DuckRow& row) {
    RecommendationRow one{.person = person, .rank = int(row.integer(0))};
    one.product = row.text(1);
    one.name = row.text_or_empty(2);
    one.score = row.number(3);
    one.method = row.text(4);
    const auto* const why = std::find(kWhyIds.begin(), kWhyIds.end(), row.text(5));
    if (why != kWhyIds.end()) one.why = Why(why - kWhyIds.begin());
    one.other = row.text_or_empty(6);
    one.times = row.integer(7);
    one.of_times = row.integer(8);
    if (!row.is_null(9)) one.gap_days = row.number(9);
    one.own_gaps = row.integer(10);
    if (!row.is_null(11)) one.elapsed_days = int(row.integer(11));
    if (!row.is_null(12)) one.season = row.number(12);
    if (!row.is_null(13)) one.price_rank = row.number(13);
    one.popularity_rank = row.number(14);
    one.days_on_sale = int(row.integer(15));
    one.window_days = int(row.integer(16));
    one.as_of = {std::int32_t(row.integer(17))};
    out.push_back(std::move(one));
  });
  if (!read) return read.failure();
  return out;
}

}  // namespace xinjing::behaviour
