#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/lang.h"
#include "base/span.h"
#include "evidence/permit.h"
#include "insight/acts_figures.h"
#include "insight/interval.h"
#include "insight/shown_rows.h"

// What a report says, as data: every number raw, every statement with the messages it rests on.
// docs/methods/report.md says how each is found.
namespace xinjing::insight {

/// A message that a statement rests on: `report` shows its text, masked.
struct Cite {
  std::int64_t message_no = 0;
  Span span{};  // bytes of it; empty: the whole message
  Said note{};  // what it shows; may be empty
};

/// A message as it is shown.
struct CitedMessage {
  std::string conversation;
  std::string customer;
  std::string name;
  std::string kind;  // of customer
  std::string channel;
  Day day;
  bool agent = false;
  std::string text;
  std::string emotion{};               // of a customer's message
  std::vector<std::string> aspects{};  // of the message, else of its conversation; the surest two
  std::vector<std::string> motives{};  // of its conversation; the surest two
  std::string fate{};                  // promise, met, unmet, exceeded, withdrawn: what it says
};

/// One value of a month.
struct Monthly {
  std::string month;  // "2026-03"
  Interval value;
  std::int64_t n = 0;
};

/// How often a state was shown, and where.
struct StateShare {
  std::string state;
  std::int64_t hits = 0;
  std::int64_t of = 0;
  Interval share;             // corrected for the reader's error where that is known
  bool error_known = false;   // else the interval says less than the truth
  Interval bad{};             // needs: how often it went unsatisfied
  std::vector<Cite> cites{};  // strongest first
};

/// Something that happened: a burst, a shift or a trend of a matter.
struct Event {
  std::string id{};
  std::string kind{};  // burst, shift, trend
  Day from{}, to{};
  bool up = true;
  std::vector<std::string> aspects{};
  std::string department{};  // empty: everywhere
  std::string channel{};
  std::string customer_kind{};
  std::string survey{};  // of a rating: which question
  std::vector<std::string> words{};
  std::vector<std::string> customers{};  // whom it is about, where they are few
  std::vector<std::string>
      also{};  // where and what else it showed: "channel:weibo", "emotion:anger"
  bool environment = false;
  bool praise = false;   // customers were content with it
  std::string what{};    // what was counted: "aspect:PRI", "volume", "wait", "leaving", "mood",
                         // "unmet_of_told", "complaint:SPD"
  std::string day_of{};  // of unmet_of_told: "rating" or "feeling", whose shift gave the day;
                         // empty: it was searched for
  std::string of{};      // of what died down: what its burst counted
  double count = 0;
  double expected = 0;
  double p = 1;
  struct Failed {
    std::string aspect;
    double count = 0, expected = 0;
  };
  std::vector<Failed> failed{};            // of a burst: whose expectations failed more than usual
  Interval before{}, after{};              // of a shift or trend: the level at both ends
  Interval inside{}, rest{};               // of a burst: satisfaction within and elsewhere
  Interval handled_well{}, handled_ill{};  // satisfaction by what staff did
  std::int64_t well = 0, ill = 0, customers_touched = 0;
  std::vector<Cite> cites{};
};

/// A turn of a curve.
struct CurvePoint {
  std::int32_t turn = 0;
  bool agent = false;
  std::optional<double> valence{};
  std::string state{};
  std::string text{};
};

struct Curve {
  std::string conversation, customer, name, kind, channel;
  Day day;
  std::vector<CurvePoint> points;
  std::int32_t peak = 0, end = 0;  // turns
  std::optional<std::int32_t> calmed{}, angered{};
  double change = 0;  // from the worst to the end
};

/// What followed one kind of answer.
struct Calming {
  std::string act;
  std::int64_t n = 0;
  Interval change;   // of the customer's feeling, -1..1
  Interval matched;  // the same after like turns without it
};

struct Offered {
  std::string motive;
  std::int64_t n = 0;
  std::map<std::string, double> levels;  // listening, … 0..2
  Interval satisfaction;
};

/// What complaints that wanted something were offered, with the satisfaction read afterwards.
struct WantedOffer {
  std::string act;  // apology, explanation, offer, promise_timed, nothing
  std::int64_t n = 0, without_n = 0;
  double satisfaction = 0, without = 0;  // means, -2..2, with the offer and without it
  double z = 0;                          // of their difference
};
struct Wanted {
  std::string motive;  // empty: all complaints
  std::int64_t n = 0;
  double satisfaction = 0;
  std::vector<WantedOffer> offers{};
};

struct ExpectationRow {
  std::string aspect;
  std::int64_t n = 0, unmet_n = 0, told_n = 0;  // told: met, exceeded or unmet
  Interval share, importance, unmet;
  double implicit = 0;
  std::vector<std::int64_t> by_month, unmet_by_month;
  bool rising = false;
  std::vector<Cite> cites;
};

struct PromiseRow {
  std::string customer;
  std::string text;
  std::string acts;
  Day made;
  std::optional<Day> due;
  std::string state;  // open, overdue, broken, kept, exceeded
  Cite cite;
  std::optional<Cite> outcome{};
};

struct PromiseEffect {
  std::int64_t n = 0;
  Interval change;
  Interval matched;
};

/// The promises made in one month.
struct PromiseMonth {
  std::string month;
  std::int64_t made = 0, kept = 0, exceeded = 0, broken = 0, open = 0, withdrawn = 0;
  std::int64_t silent = 0;  // due, and nothing was heard
  Interval share;           // kept or exceeded, of those whose fate is told
};

struct Promises {
  std::int64_t made = 0, kept = 0, exceeded = 0, broken = 0, open = 0, overdue = 0, withdrawn = 0;
  std::vector<PromiseRow> due, broken_rows, kept_rows;
  PromiseEffect kept_effect, broken_effect;
  std::vector<PromiseMonth> months;
};

/// What those of one kind of customer who compare or leave complain of, against those who stay.
struct LeaverAspect {
  std::string aspect;
  std::int64_t n = 0;  // conversations of leavers that complain of it
  Interval leavers, stayers, odds;
  double p = 1;
  bool stands = false;  // among all aspects and kinds that were looked at
  std::vector<Cite> cites;
};
struct Leavers {
  std::string kind;  // of customer; empty: no kind is known
  std::int64_t leavers = 0, stayers = 0, talks = 0, talks_of_stayers = 0;
  std::int64_t read = 0, read_of_stayers = 0;  // of the talks: those that were compared
  std::vector<std::string> words{};            // said more by leavers
  std::vector<LeaverAspect> aspects{};
};

struct Person {
  std::int64_t person = 0;
  std::string customer, name, kind;
  double p = 0;
  std::vector<Said> reasons;
  std::string play;  // the key of what to do
  std::vector<Cite> cites;
};

struct Conduct {
  std::string dimension;
  Interval mean;
  double levels[3] = {0, 0, 0};
  std::int64_t n = 0;
  std::vector<Monthly> by_month;
  std::vector<Cite> good, poor;
};

struct ChannelConduct {
  std::string channel;
  std::int64_t n = 0;
  std::map<std::string, double> means;
  double deflects = 0;
};

struct TypeCount {
  std::string construct;
  std::int64_t given = 0, of = 0;
  std::vector<std::pair<std::string, std::int64_t>> states;
};

struct TableQuality {
  std::string table;
  std::int64_t in = 0, kept = 0, rejected = 0, duplicate = 0;
};

/// A row that was not kept, by its place and why; never its words.
struct RejectedRow {
  std::string file, line, column, reason;
};

/// A place where people wait, month by month, in minutes.
struct Wait {
  std::string place;
  std::vector<std::string> months;
  std::vector<std::int64_t> n;
  std::vector<double> median, p90;
};

/// A customer whose name holds a word that the report would show.
struct NamedCustomer {
  std::string name, kind;
};

struct ReportData {
  Day as_of, from, to;
  std::optional<evidence::Use> use;  // what it was narrowed to; empty: to nothing
  std::vector<evidence::Withheld> withheld;
  std::string model;
  std::map<std::string, std::int64_t> counts;
  std::vector<std::string> months;
  std::vector<Monthly> satisfaction_words, satisfaction_ratings;
  Interval satisfaction;
  struct MonthEmotion {
    std::string month;
    std::int64_t n = 0;
    std::map<std::string, Interval> share;
  };
  std::vector<MonthEmotion> emotion;
  struct MonthVolume {
    std::string month;
    std::int64_t conversations = 0;
    std::map<std::string, std::int64_t> by_channel;
  };
  std::vector<MonthVolume> volume;
  std::vector<Event> events;
  std::vector<Curve> curves;
  std::vector<Calming> calming;
  std::vector<StateShare> motives, needs, drivers, stages, emotions;
  std::vector<Offered> offered;
  std::vector<Wanted> wanted;
  std::optional<std::string> lowest_unmet;
  std::vector<ExpectationRow> expectations;
  Promises promises;
  std::vector<Person> gone, waver, escalate, vulnerable, advocate, won_back;
  std::map<std::string, std::int64_t> people_totals;
  std::vector<Leavers> leavers;
  std::int64_t spoke_of_leaving = 0;  // customers: gone, wavering, won back, and those who stayed
  std::vector<Conduct> conduct;
  Interval deflects;
  std::vector<ChannelConduct> conduct_by_channel;
  std::vector<TypeCount> types;
  std::vector<Wait> waits;
  ActsFigures acts;
  ShownRows shown;
  std::vector<TableQuality> tables;
  std::vector<RejectedRow> rejected;  // the first of them
  std::int64_t read = 0, with_customer_words = 0, portraits = 0;
  std::map<std::int64_t, CitedMessage> messages;
  std::vector<std::string> agents;   // by name, as messages have them
  std::vector<NamedCustomer> named;  // whose names the telling words may hold a part of
};

}  // namespace xinjing::insight
