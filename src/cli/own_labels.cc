#include "cli/own_labels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "base/file.h"
#include "base/format.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "cli/sheet.h"
#include "ingest/header.h"
#include "learn/head_plan.h"

namespace xinjing::cli {
namespace {

using language::HeadKind;

constexpr std::size_t kMostRows = 200'000;
constexpr std::string_view kNone = "-";
constexpr auto kOfAgent =
    std::to_array<std::string_view>({"listening", "empathy", "solution", "followup"});

bool is_about_agent(std::string_view head) {
  return std::find(kOfAgent.begin(), kOfAgent.end(), head) != kOfAgent.end();
}

std::string said(const language::Head& head, std::span<const float> p) {
  if (head.kind != HeadKind::kSeveral) return head.states[language::said_state(head, p)];
  std::string out;
  for (std::size_t k = 0; k < p.size(); k += head.parts) {
    const auto parts = p.subspan(k, std::min<std::size_t>(head.parts, p.size() - k));
    if (std::accumulate(parts.begin(), parts.end(), 0.0F) < 0.5F) continue;
    const auto best = std::max_element(parts.begin(), parts.end()) - parts.begin();
    out += (out.empty() ? "" : ";") + head.states[k + static_cast<std::size_t>(best)];
  }
  return out.empty() ? std::string(kNone) : out;
}

double doubt(const language::Head& head, std::span<const float> p) {
  if (head.kind == HeadKind::kSeveral) {
    float most = 0;
    for (std::size_t k = 0; k < p.size(); k += head.parts) {
      const auto parts = p.subspan(k, std::min<std::size_t>(head.parts, p.size() - k));
      const float any = std::accumulate(parts.begin(), parts.end(), 0.0F);
      most = std::max(most, 1 - std::abs(2 * any - 1));
    }
    return double{most};
  }
  std::vector<float> sorted(p.begin(), p.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  return sorted.size() < 2 ? 0 : 1 - double{sorted[0] - sorted[1]};
}

std::size_t customer_turns(const language::Reading& reading, std::size_t turn_outputs) {
  return turn_outputs == 0 ? 0 : reading.turn_p.size() / turn_outputs;
}

std::uint64_t lot(const LabelItem& item, std::uint64_t seed) { return hash64(item.id, seed); }

std::uint64_t digest_of(const LabelItem& item) {
  std::uint64_t out = 0;
  for (const LabelItem::Said& turn : item.turns) out = hash64(turn.text, out + 1);
  return out;
}

/// A cell of CSV. A text that a spreadsheet would take for a formula gets a blank before it.
std::string cell(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && (text[0] == '=' || text[0] == '+' || text[0] == '@')) out += ' ';
  for (const char c : text) {
    out += c;
    if (c == '"') out += '"';
  }
  return out + '"';
}

std::string conversation_cell(const LabelItem& item, Lang lang) {
  std::string out;
  std::size_t number = 0;
  for (const LabelItem::Said& turn : item.turns) {
    if (!out.empty()) out += '\n';
    if (turn.speaker == ingest::Speaker::kCustomer) {
      out += fmt::format("{}{}: ", lang == Lang::kZh ? "客户" : "customer ", ++number);
    } else {
      out += lang == Lang::kZh ? "客服: " : "agent: ";
    }
    out += turn.text;
  }
  return out;
}

const evidence::CardState* state_of(const evidence::Catalogue& cards, const LabelHead& head,
                                    const std::string& state) {
  for (const evidence::Card& card : cards.cards()) {
    if (card.head != head.name && card.id != head.name) continue;
    if (const auto found = card.find_state(state)) return &card.states[*found];
  }
  return nullptr;
}

/// "need (basic=生理; safety=安全; …)": what may be written there.
std::string heading(const LabelHead& head, const evidence::Catalogue& cards, Lang lang) {
  std::string out = head.name + " (";
  for (const std::string& state : head.states) {
    const evidence::CardState* const known = state_of(cards, head, state);
    out += out.back() == '(' ? "" : "; ";
    out += known != nullptr && known->label.in(lang) != state
               ? fmt::format("{}={}", state, known->label.in(lang))
               : state;
  }
  return out + ")";
}

/// The head whose label a column has, by its first word.
const LabelHead* head_of_column(std::string_view name, std::span<const LabelHead> heads) {
  std::size_t size = 0;
  while (size < name.size() && ((name[size] >= 'a' && name[size] <= 'z') || name[size] == '_')) {
    ++size;
  }
  const std::string_view word = name.substr(0, size);
  for (const LabelHead& head : heads) {
    if (head.name == word) return &head;
  }
  return nullptr;
}

std::vector<std::string_view> words_of(std::string_view text) {
  constexpr auto kMarks = std::to_array<std::string_view>(
      {";", ",", " ", "\t", "\n", "\r", "|", "/", "；", "，", "、", "　"});
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  std::size_t at = 0;
  const auto end_word = [&] {
    if (at > begin) out.push_back(text.substr(begin, at - begin));
  };
  while (at < text.size()) {
    const auto* const mark = std::find_if(kMarks.begin(), kMarks.end(), [&](std::string_view m) {
      return text.substr(at).starts_with(m);
    });
    if (mark == kMarks.end()) {
      ++at;
      continue;
    }
    end_word();
    at += mark->size();
    begin = at;
  }
  end_word();
  return out;
}

/// A label may be of several words ("asks for help"): whole cells are tried before their words.
std::optional<std::string> state_named(std::string_view word, const LabelHead& head,
                                       const evidence::Catalogue& cards) {
  const std::string key = ingest::header_key(word);
  for (const std::string& state : head.states) {
    if (word == state) return state;
  }
  for (const std::string& state : head.states) {
    const evidence::CardState* const known = state_of(cards, head, state);
    if (known == nullptr || key.empty()) continue;
    for (const std::string* label : {&known->label.zh, &known->label.en}) {
      if (ingest::header_key(*label) == key) return state;
    }
  }
  return std::nullopt;
}

void write_level(JsonWriter& json, const std::string& state) {
  std::int64_t level = 0;
  std::from_chars(state.data(), state.data() + state.size(), level);
  json.integer(level);
}

/// The labels of one head in the form of the labelled sets.
void write_labels(JsonWriter& json, const LabelHead& head, const std::vector<std::string>& states) {
  json.key(head.name);
  if (head.per_turn) {
    json.begin_array();
    for (const std::string& state : states) json.begin_object().field("state", state).end_object();
    json.end_array();
  } else if (head.name == "aspect") {
    json.begin_array();
    for (const std::string& state : states) {
      const int polarity = state.back() == '-' ? -1 : state.back() == '+' ? 1 : 0;
      json.begin_object().field("code", std::string_view(state).substr(0, 3));
      json.field("polarity", polarity).end_object();
    }
    json.end_array();
  } else if (head.kind == HeadKind::kSeveral) {
    json.begin_array();
    for (const std::string& state : states) json.string(state);
    json.end_array();
  } else if (head.kind == HeadKind::kLevel) {
    write_level(json, states[0]);
  } else {
    json.string(states[0]);
  }
}

void write_turns(JsonWriter& json, const LabelItem& item) {
  json.key("turns").begin_array();
  for (const LabelItem::Said& turn : item.turns) {
    json.begin_object().field("speaker", ingest::speaker_id(turn.speaker));
    json.field("text", turn.text).end_object();
  }
  json.end_array();
}

/// The conversations beside a sheet, by id.
Result<std::map<std::string, std::vector<LabelItem::Said>>> conversations_beside(
    const std::filesystem::path& sheet) {
  std::filesystem::path file = sheet;
  file.replace_extension(".jsonl");
  Result<std::vector<learn::Labelled>> read = learn::read_labelled(file);
  if (!read) return read.failure();
  std::map<std::string, std::vector<LabelItem::Said>> out;
  for (learn::Labelled& one : *read) {
    std::vector<LabelItem::Said>& turns = out[one.id];
    for (learn::LabelledTurn& turn : one.turns) {
      turns.push_back({turn.speaker, std::move(turn.text)});
    }
  }
  return out;
}

Failure at(const std::filesystem::path& file, std::int64_t line, Failure failure) {
  failure.error.place = fmt::format("{}:{}", file.string(), line);
  return failure;
}

/// Checks one cell and gives its states; none where it is empty.
Result<std::vector<std::string>> states_of_cell(const std::string& text, const LabelHead& head,
                                                const evidence::Catalogue& cards,
                                                std::size_t turns) {
  if (text.empty()) return std::vector<std::string>();
  Result<std::vector<std::string>> states = label_states(text, head, cards);
  if (!states) return states;
  if (head.per_turn && states->size() != turns) {
    return fail(ErrorCode::kBadInput, {fmt::format("{} has {} labels for {} turns of the customer",
                                                   head.name, states->size(), turns),
                                       fmt::format("{} 有 {} 个标签，而客户说了 {} 次", head.name,
                                                   states->size(), turns)});
  }
  const bool one = !head.per_turn && head.kind != HeadKind::kSeveral;
  if (one && states->size() != 1) {
    return fail(ErrorCode::kBadInput, {fmt::format("{} takes one label", head.name),
                                       fmt::format("{} 只能填一个标签", head.name)});
  }
  return states;
}

}  // namespace

std::vector<LabelHead> label_heads(std::span<const language::Head> heads) {
  constexpr auto kNot = std::to_array<std::string_view>(
      {"intensity", "valence", "expectation", "expectation_kind", "deflects"});
  std::vector<LabelHead> out;
  for (const language::Head& head : heads) {
    if (std::find(kNot.begin(), kNot.end(), head.name) != kNot.end()) continue;
    out.push_back({head.name, head.kind, head.per_turn, head.states});
  }
  return out;
}

std::string guess_of(const language::Head& head, const language::Reading& reading,
                     std::size_t turn_outputs) {
  if (!head.per_turn) return said(head, reading.episode(head));
  std::string out;
  for (std::size_t t = 0; t < customer_turns(reading, turn_outputs); ++t) {
    out += (t == 0 ? "" : ";") + said(head, reading.turn(head, t, turn_outputs));
  }
  return out;
}

double doubt_of(const language::Head& head, const language::Reading& reading,
                std::size_t turn_outputs) {
  if (!head.per_turn) return doubt(head, reading.episode(head));
  const std::size_t turns = customer_turns(reading, turn_outputs);
  double sum = 0;
  for (std::size_t t = 0; t < turns; ++t) sum += doubt(head, reading.turn(head, t, turn_outputs));
  return turns == 0 ? 0 : sum / static_cast<double>(turns);
}

std::vector<LabelItem> chosen_items(std::vector<LabelItem> items, std::size_t count, double share,
                                    std::uint64_t seed) {
  std::sort(items.begin(), items.end(), [&](const LabelItem& a, const LabelItem& b) {
    return std::pair(lot(a, seed), a.id) < std::pair(lot(b, seed), b.id);
  });
  std::set<std::uint64_t> seen;
  std::erase_if(items, [&](const LabelItem& item) { return !seen.insert(digest_of(item)).second; });
  const std::size_t all = std::min(count, items.size());
  const auto by_lot = static_cast<std::size_t>(std::llround(share * static_cast<double>(all)));
  for (std::size_t i = 0; i < by_lot; ++i) items[i].at_random = true;
  std::stable_sort(items.begin() + static_cast<std::ptrdiff_t>(by_lot), items.end(),
                   [](const LabelItem& a, const LabelItem& b) { return a.doubt > b.doubt; });
  items.resize(all);
  std::sort(items.begin(), items.end(), [&](const LabelItem& a, const LabelItem& b) {
    return std::pair(lot(a, seed + 1), a.id) < std::pair(lot(b, seed + 1), b.id);
  });
  return items;
}

std::string label_sheet(std::span<const LabelItem> items, std::span<const LabelHead> heads,
                        const evidence::Catalogue& cards, Lang lang) {
  std::string out = "\xef\xbb\xbfid,chosen,conversation";
  for (const LabelHead& head : heads) {
    out += fmt::format(",guess_{},{}", head.name, cell(heading(head, cards, lang)));
  }
  out += "\r\n";
  for (const LabelItem& item : items) {
    out += fmt::format("{},{},{}", cell(item.id), item.at_random ? "random" : "unsure",
                       cell(conversation_cell(item, lang)));
    for (std::size_t h = 0; h < heads.size(); ++h) {
      out += fmt::format(",{},{}", cell(item.guesses[h]),
                         h < item.labels.size() ? cell(item.labels[h]) : "");
    }
    out += "\r\n";
  }
  return out;
}

std::string label_conversations(std::span<const LabelItem> items) {
  std::string out;
  for (const LabelItem& item : items) {
    {
      JsonWriter json(out);
      json.begin_object().field("id", item.id).field("lang", lang_id(item.lang));
      write_turns(json, item);
      json.end_object();
    }
    out += '\n';
  }
  return out;
}

Result<std::vector<std::string>> label_states(std::string_view cell, const LabelHead& head,
                                              const evidence::Catalogue& cards) {
  if (cell == kNone && !head.per_turn && head.kind == HeadKind::kSeveral) {
    return std::vector<std::string>();
  }
  if (const auto whole = state_named(cell, head, cards)) return std::vector<std::string>{*whole};
  std::vector<std::string> states;
  for (const std::string_view word : words_of(cell)) {
    if (head.per_turn && (word == kNone || word == "?")) {
      states.emplace_back();  // this turn has no label
      continue;
    }
    const auto state = state_named(word, head, cards);
    if (!state) {
      return fail(ErrorCode::kBadInput, {fmt::format("'{}' is no state of {}; there are: {}", word,
                                                     head.name, fmt::join(head.states, ", ")),
                                         fmt::format("“{}”不是 {} 的状态；有：{}", word, head.name,
                                                     fmt::join(head.states, "、"))});
    }
    states.push_back(*state);
  }
  return states;
}

Result<std::vector<learn::Labelled>> read_own_labels(const std::filesystem::path& file,
                                                     std::span<const LabelHead> heads,
                                                     const evidence::Catalogue& cards) {
  if (file.extension() == ".jsonl") return learn::read_labelled(file);
  const Result<Sheet> sheet = read_sheet(file, kMostRows);
  if (!sheet) return sheet.failure();
  const auto id = find_column(*sheet, "id");
  if (!id) {
    return fail(ErrorCode::kBadInput,
                {"a sheet of labels has a column id, as xinjing label makes it",
                 "标注表应有 id 一列（由 xinjing label 生成）"},
                file.string());
  }
  const auto conversations = conversations_beside(file);
  if (!conversations) return conversations.failure();
  std::vector<learn::Labelled> out;
  JsonParser parser;
  for (std::size_t row = 0; row < sheet->rows.size(); ++row) {
    const Sheet::Cells& cells = sheet->rows[row];
    const auto found = conversations->find(cells[*id]);
    if (found == conversations->end()) {
      return at(file, sheet->lines[row],
                fail(ErrorCode::kBadInput,
                     {"the conversation of this row is not in the .jsonl beside the sheet",
                      "表旁的 .jsonl 里没有这一行的对话"}));
    }
    LabelItem item{.id = cells[*id], .turns = found->second};
    const auto turns = static_cast<std::size_t>(std::count_if(
        item.turns.begin(), item.turns.end(),
        [](const LabelItem::Said& t) { return t.speaker == ingest::Speaker::kCustomer; }));
    std::string line;
    bool any = false;
    {
      JsonWriter json(line);
      json.begin_object().field("id", item.id);
      write_turns(json, item);
      json.key("labels").begin_object();
      std::vector<std::pair<const LabelHead*, std::vector<std::string>>> of_agent;
      for (std::size_t c = 0; c < cells.size(); ++c) {
        const LabelHead* const head = head_of_column(sheet->header[c], heads);
        if (head == nullptr || cells[c].empty()) continue;
        const auto states = states_of_cell(cells[c], *head, cards, turns);
        if (!states) return at(file, sheet->lines[row], states.failure());
        any = true;
        if (is_about_agent(head->name)) {
          of_agent.emplace_back(head, *states);
        } else {
          write_labels(json, *head, *states);
        }
      }
      json.key("agent").begin_object();
      for (const auto& [head, states] : of_agent) write_labels(json, *head, states);
      json.end_object().end_object().end_object();
    }
    if (!any) continue;
    const Result<JsonValue> parsed = parser.parse(line);
    if (!parsed) return parsed.failure();
    out.push_back(learn::labelled_from(*parsed, "own"));
  }
  return out;
}

Result<std::vector<std::string>> ids_of_sheet(const std::filesystem::path& file) {
  const Result<Sheet> sheet = read_sheet(file, kMostRows);
  if (!sheet) return sheet.failure();
  std::vector<std::string> out;
  const auto id = find_column(*sheet, "id");
  for (const Sheet::Cells& row : sheet->rows) {
    if (id) out.push_back(row[*id]);
  }
  return out;
}

}  // namespace xinjing::cli
