#include "base/format.h"
#include "insight/figures_table.h"
#include "insight/talk_table.h"

namespace xinjing::insight {
namespace {

/// Every message number that some part of the report cites.
class Numbers {
 public:
  void add(const std::vector<Cite>& cites) {
    for (const Cite& cite : cites) x_all.push_back(cite.message_no);
  }
  void add(const std::vector<StateShare>& states) {
    for (const StateShare& state : states) add(state.cites);
  }
  void add(const std::vector<PromiseRow>& rows) {
    for (const PromiseRow& row : rows) {
      x_all.push_back(row.cite.message_no);
      if (row.outcome) x_all.push_back(row.outcome->message_no);
    }
  }
  void add(const std::vector<Person>& people) {
    for (const Person& person : people) add(person.cites);
  }
  void add(const ReportData& data) {
    for (const auto* states : {&data.motives, &data.needs, &data.drivers, &data.stages}) {
      add(*states);
    }
    for (const Event& event : data.events) add(event.cites);
    for (const Leavers& one : data.leavers) {
      for (const LeaverAspect& aspect : one.aspects) add(aspect.cites);
    }
    for (const ExpectationRow& row : data.expectations) add(row.cites);
    for (const auto* rows :
         {&data.promises.due, &data.promises.broken_rows, &data.promises.kept_rows}) {
      add(*rows);
    }
    for (const auto* list :
         {&data.waver, &data.escalate, &data.vulnerable, &data.advocate, &data.won_back}) {
      add(*list);
    }
    for (const Conduct& one : data.conduct) add(one.good), add(one.poor);
  }
  const std::vector<std::int64_t>& all() const { return x_all; }

 private:
  std::vector<std::int64_t> x_all;
};

constexpr std::string_view kMessages = R"(
SELECT m.row_no, COALESCE(c.conversation, c.conversation_no::VARCHAR), plain_id(s.subject),
  COALESCE((SELECT ARG_MIN(k.name, k.row_no) FROM customers AS k JOIN subjects AS o
    USING (subject_no) WHERE o.person = s.person), ''),
  COALESCE(one_name('channel', COALESCE(m.channel, c.channel)), ''),
  COALESCE(local_time(m.time), local_time(c.started))::DATE,
  m.speaker <> 0, m.text,
  COALESCE((SELECT one_name('kind', ARG_MIN(k.kind, k.row_no)) FROM customers AS k JOIN subjects AS o
    USING (subject_no) WHERE o.person = s.person), '')
FROM messages AS m
JOIN turns AS t ON t.message_no = m.row_no
JOIN conversations AS c ON c.conversation_no = t.conversation_no
LEFT JOIN subjects AS n ON n.subject_no = c.subject_no
LEFT JOIN subjects AS s ON s.subject_no = n.person
WHERE m.row_no IN ({0}) AND t.message_no IN ({0}))";

}  // namespace

Status load_cited(const DuckConnection& connection, ReportData& out) {
  Numbers numbers;
  numbers.add(out);
  if (numbers.all().empty()) return {};
  const std::string sql = fmt::format(kMessages, fmt::join(numbers.all(), ", "));
  return each_row(connection, sql, {}, [&](const DuckRow& row) {
    out.messages[row.integer(0)] = {.conversation = text_at(row, 1),
                                    .customer = text_at(row, 2),
                                    .name = text_at(row, 3),
                                    .kind = text_at(row, 8),
                                    .channel = text_at(row, 4),
                                    .day = row.is_null(5) ? Day{} : day_at(row, 5),
                                    .agent = row.integer(6) != 0,
                                    .text = text_at(row, 7)};
  });
}

}  // namespace xinjing::insight
