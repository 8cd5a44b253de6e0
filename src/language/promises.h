#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/speaker.h"
#include "language/amount.h"
#include "language/due_time.h"
#include "language/normalise.h"
#include "language/phrase_index.h"
#include "language/stretches.h"

// What a company promised in a conversation, and words that tell what became of it.
namespace xinjing::language {

/// Kinds of acts (refund, visit, ...), a bit each, in the order of the lexicon's names.
using Acts = std::uint32_t;

/// Who gave a word, as far as the text shows it; or that a customer asks for something.
enum class Giver : std::uint8_t { kAgent, kCompany, kContract, kAdvert, kCustomer };
std::string_view giver_id(Giver giver);

/// A commitment found in one turn, or what the customer asks for.
struct PromiseWords {
  Span span;            // bytes of the turn: one clause, or some that belong together
  bool told = false;    // the customer tells what the company promised
  bool wanted = false;  // nobody promised it: the customer expects it
  Giver giver = Giver::kAgent;
  std::optional<DueTime> due;  // its span is within the turn
  std::optional<Amount> amount;
  Acts acts = 0;
  bool moves = false;  // 改到, now, instead: it takes the place of another
  Span object{};  // bytes of what the act is done to: 路由器 in 换个路由器; empty: none
};

/// What became of a promise.
enum class Outcome : std::uint8_t { kMet, kUnmet, kExceeded, kWithdrawn };
std::string_view outcome_id(Outcome outcome);

/// Words that tell an outcome, of what promise they do not say.
struct OutcomeWords {
  Span span;  // bytes of the turn: one clause
  Outcome outcome = Outcome::kMet;
  Acts acts = 0;
  bool recalls = false;            // 说好的, you promised: it is about a promise for certain
  std::optional<Amount> amount{};  // what came: 只有20M, you charged $350
  bool measures = false;  // only an amount says what came: news of what is promised of its unit
};

/// The words by which promises and their outcomes are found (lexicons/promises.*.tsv;
/// lexicons/README.md has the format). Immutable, any thread.
class PromiseLexicon {
 public:
  /// What a word says of the clause that it stands in.
  enum class Role : std::uint8_t {
    kCommit,    // will, 一定, 保证
    kSoon,      // 尽快, 回头, 再: a weaker sign
    kYou,       // 给您, for you
    kCompany,   // 我们, 师傅, our engineer
    kAct,       // 退, 上门, call back: what is done
    kTold,      // 你们说, I was told: by the company
    kRecall,    // 说好的, you promised: a promise is recalled
    kPledge,    // 答应, promised: a word was given, told by the customer
    kContract,  // 合同写明, the contract says
    kAdvert,    // 广告说, advertised
    kPerson,    // 客服, 销售, the salesman: who gave the word
    kWant,      // 我要求, I expect: the customer asks for what follows
    kAsked,     // 请帮我退, please fix: asked for, no news; with the act that is asked for
    kAskedAct,  // the act within it
    kOffer,     // 办理, 充值: with 送, what comes with a purchase
    kTurn,      // 结果, 到现在, instead: what follows became of it
    kShort,     // 只有, just: with an amount, what came
    kDone,      // 已经, has been
    kPolicy,    // 支持, usually, can
    kOrder,     // 您先, please: the customer is to do it
    kAsk,       // 吗, would you like
    kIf,        // 如果, unless
    kPolite,    // 请稍等, thank you for
    kRefuse,    // 不能, unable to
    kNot,       // hasn't, never, no: what follows did not happen
    kDid,       // 了, 过了, 好了 at the end, after an act: it was done
    kMet,
    kUnmet,
    kExceeded,
    kWithdrawn,
    kNothing  // an exception: what stands within it means nothing
  };

  /// Adds a file; `name` is for places; `lang` is the language of its words: in a text of two
  /// languages they count in stretches of theirs, and everywhere if it is not given. Refused with
  /// file:line:column: another header, a row with other than four columns, an unknown role, an act
  /// without a name and an aspect, more than 30 names, no words, words not in normal form.
  Status add(std::string_view text, std::string_view name, std::optional<Lang> lang = {});
  void build();

  /// Names of acts, and the aspect that a promise of each is about ("refund", "AFT").
  struct ActName {
    std::string name;
    std::string aspect;
  };
  const std::vector<ActName>& acts() const { return x_acts; }
  /// The aspect of the first of some acts; AFT where there is none.
  std::string_view aspect_of(Acts acts) const;
  std::string names_of(Acts acts) const;

  struct Found {
    Role role = Role::kNothing;
    Acts acts = 0;
    Span chars;
  };
  /// What stands in a normalised text, by place; of one role nothing that stands within another.
  /// `stretches`: as find_mixed_stretches gives them.
  void find(std::u32string_view text, std::span<const TextStretch> stretches,
            std::vector<FoundPhrase>& scratch, std::vector<Found>& out) const;
  std::size_t size() const { return x_words.size(); }

 private:
  struct Row {
    Role role = Role::kNothing;
    Acts acts = 0;
    std::optional<Lang> lang;
  };
  std::vector<Row> x_rows;
  std::vector<std::u32string> x_words;
  std::vector<std::uint32_t> x_row_of_word;
  std::vector<ActName> x_acts;
  PhraseIndex x_index;
};

/// Reads the promises and outcomes of turns. One a thread; keeps its memory.
class PromiseReader {
 public:
  /// Both must outlive it.
  PromiseReader(const PromiseLexicon& lexicon, const WorkCalendar& calendar)
      : x_lexicon(lexicon), x_calendar(calendar) {}

  /// Appends what one turn says, by place. A clause of the company's words is a promise where
  /// signs of a commitment (a due time, 会/will, 给您/for you, an act, who acts) outweigh signs
  /// against it (done already, a question, a condition, general policy, politeness); weights are in
  /// promises.cc. A clause of the customer's where they tell what the company said. `said`: nothing
  /// where the time is not known; then no due time is reckoned. Cost: about 10 us a turn.
  /// REQUIRES: `normal` is `text` normalised, or a beginning of it.
  void read(std::string_view text, const Normalised& normal, ingest::Speaker speaker,
            std::optional<Moment> said, std::vector<PromiseWords>& promises,
            std::vector<OutcomeWords>& outcomes);

 private:
  struct Clause {
    Span chars;
    std::uint32_t sentence = 0;
    std::vector<PromiseLexicon::Found> found{};
    int words = 0;     // what its words weigh
    bool may = false;  // only with an act or a commitment it may be a promise
    std::optional<DueTime> due{};
    bool told_due = false;  // a time is told, of a day that nobody knows
    bool promise = false;   // it was taken for a promise
  };
  void split_clauses();
  bool find_words();
  void find_due_times(std::string_view text, Moment said, bool agent);
  void cut_at_turns();
  void weigh_words(bool agent);
  static int commitment(const Clause& clause, bool has_due);
  bool may_be_promise(std::size_t clause, bool agent, int strength) const;
  bool tells(const Clause& clause) const;
  bool pledges(const Clause& clause) const;
  bool tells_outcome(const Clause& clause) const;
  bool wants(std::size_t clause) const;
  void find_told_due(std::string_view text, std::size_t clause, Moment said);
  Giver giver_of(std::size_t clause) const;
  Span object_of(const Clause& clause) const;
  bool bounds(const Clause& clause) const;
  bool is_past_hour(std::size_t clause) const;
  bool breaks_promise(const Clause& clause) const;
  static Acts acts_of_promise(const Clause& clause, bool wanted);
  bool is_in_told(const Clause& clause, const PromiseLexicon::Found& met) const;
  void take_measures(std::string_view text, std::vector<OutcomeWords>& outcomes) const;
  void take_promises(std::string_view text, bool agent, std::vector<PromiseWords>& promises);
  Acts denied_acts(const Clause& clause) const;
  Acts done_acts(const Clause& clause) const;
  bool is_of_speaker(const Clause& clause, std::uint32_t at) const;
  bool is_received(Span act) const;
  bool is_own_act(const Clause& clause, const PromiseLexicon::Found& met) const;
  static bool recalls(const Clause& clause);
  bool tells_of_before(const Clause& clause) const;
  bool spares_the_customer(const Clause& clause) const;
  bool ends_asking(const Clause& clause) const;
  bool states_fact(const Clause& clause, bool agent) const;
  void take_outcomes(std::string_view text, bool agent, std::vector<OutcomeWords>& outcomes);

  const PromiseLexicon& x_lexicon;
  const WorkCalendar& x_calendar;
  const Normalised* x_text = nullptr;
  std::string_view x_bytes;              // of the turn
  std::vector<TextStretch> x_stretches;  // of a text in two languages: a clause lies in one of them
  std::vector<Clause> x_clauses;
  std::vector<FoundPhrase> x_scratch;
  std::vector<PromiseLexicon::Found> x_found;
};

}  // namespace xinjing::language
