#include "evidence/card_check.h"

#include <algorithm>

#include "base/format.h"
#include "evidence/cue_finder.h"
#include "language/normalise.h"

namespace xinjing::evidence {

namespace {

constexpr std::size_t kLeastExamples = 2;

class Check {
 public:
  explicit Check(const CardFiles& files) : x_files(files) {}

  CardReport run() {
    Result<Card> card = parse_card(x_files.card, x_files.card_name);
    if (!card) {
      x_report.faults.push_back(card.error());
    } else {
      x_report.card = std::move(*card);
      if (x_report.card->id != x_files.folder) {
        fault({fmt::format("the card's id is '{}', its folder '{}'", x_report.card->id,
                           x_files.folder),
               fmt::format("卡片 id 为“{}”，目录名为“{}”", x_report.card->id, x_files.folder)},
              x_files.card_name);
      }
    }
    for (const CardFiles::Cues& cues : x_files.cues) check_cues(cues);
    if (x_report.card) check_validity();
    if (x_report.card) check_examples();
    return std::move(x_report);
  }

 private:
  void fault(Said said, std::string place) {
    x_report.faults.push_back({ErrorCode::kBadInput, std::move(said), std::move(place)});
  }

  void check_cues(const CardFiles::Cues& file) {
    const Result<std::vector<language::Cue>> cues = language::parse_cues(file.text, file.name);
    if (!cues) {
      x_report.faults.push_back(cues.error());
      return;
    }
    (file.lang == Lang::kZh ? x_report.zh_cues : x_report.en_cues) += cues->size();
    for (const language::Cue& cue : *cues) check_cue(cue, file.name);
  }

  void check_cue(const language::Cue& cue, const std::string& name) {
    const std::string place = fmt::format("{}:{}", name, cue.line);
    const std::string normal = language::normalised_text(cue.text);
    if (normal != cue.text) {
      fault({fmt::format("the cue '{}' is never found: normalised it is '{}'", cue.text, normal),
             fmt::format("线索“{}”永远找不到：规范化后是“{}”", cue.text, normal)},
            place);
    }
    if (x_report.card && !x_report.card->find_state(cue.state)) {
      fault({fmt::format("the card has no state '{}'", cue.state),
             fmt::format("卡片没有状态“{}”", cue.state)},
            place);
    }
  }

  void check_validity() {
    const Card& card = *x_report.card;
    Result<CardFigures> figures = parse_figures(x_files.card, x_files.card_name);
    if (!figures) return;  // the card was refused
    x_report.figures = std::move(*figures);
    if (card.grade == Grade::kMeasured && x_report.figures.figures.empty()) {
      fault({"the card is graded 'measured' and has no figure of validity",
             "卡片等级为 measured，却没有效度数字"},
            x_files.card_name);
    }
    const bool judged = x_report.figures.find(FigureKind::kAccuracy) != nullptr;
    if (!judged && x_report.figures.caveat.en.empty()) {
      fault({"the card has no figure of accuracy, and no 'caveat' that says why",
             "卡片没有准确程度的数字，也没有用 caveat 说明原因"},
            x_files.card_name);
    }
  }

  void check_examples() {
    const Card& card = *x_report.card;
    for (const Lang lang : {Lang::kZh, Lang::kEn}) {
      const auto of_lang = [&](const CardExample& example) { return example.lang == lang; };
      const auto count = static_cast<std::size_t>(
          std::count_if(card.examples.begin(), card.examples.end(), of_lang));
      const std::size_t cues = lang == Lang::kZh ? x_report.zh_cues : x_report.en_cues;
      if (cues > 0 && count < kLeastExamples) {
        fault({fmt::format("cues in {} need at least two examples", lang_id(lang)),
               fmt::format("{} 线索至少需要两个例句", lang_id(lang))},
              x_files.card_name);
      }
    }
    if (card.examples.empty()) return;
    const std::vector<std::string> states = card.state_ids();
    std::vector<language::CueFile> files;
    for (const CardFiles::Cues& file : x_files.cues)
      files.push_back({0, x_report.card->id, states, file.text, file.name});
    const Result<language::CueLexicon> lexicon = language::CueLexicon::compile(files);
    if (!lexicon) return;  // its faults are reported already
    for (const CardExample& example : card.examples) check_example(example, *lexicon);
  }

  void check_example(const CardExample& example, const language::CueLexicon& lexicon) {
    const bool of_agent = x_report.card->subject == Subject::kAgent;
    const language::Turn turn{
        .speaker = of_agent ? ingest::Speaker::kAgent : ingest::Speaker::kCustomer,
        .text = example.text,
        .time = std::nullopt};
    CueFinder::Scratch scratch;
    std::vector<CueHit> hits;
    CueFinder(lexicon).find({"example", std::span(&turn, 1), {}}, scratch, hits);
    const std::uint16_t state = *x_report.card->find_state(example.state);
    std::int64_t micro_nats = 0;
    for (const CueHit& hit : hits) micro_nats += hit.state == state ? hit.micro_nats : 0;
    if (micro_nats > 0) return;
    fault({fmt::format("no cue of the example speaks for '{}'", example.state),
           fmt::format("例句里没有支持“{}”的线索", example.state)},
          example.place);
  }

  const CardFiles& x_files;
  CardReport x_report;
};

}  // namespace

CardReport check_card(const CardFiles& files) { return Check(files).run(); }

}  // namespace xinjing::evidence
