#include "language/mentions.h"

#include <algorithm>

#include "evidence/catalog.h"

namespace xinjing::evidence::catalog {
namespace {

using language::MentionKind;

// In anger customers call in three organisations, in a rage two. One is the company itself.
constexpr std::size_t kManyInAnger = 3;
constexpr std::size_t kManyInRage = 2;

struct Named {
  std::string_view name;
  MentionKind kind;
  std::uint32_t turn;
  Span span;
};

/// The organisations that the customer tags, each once.
std::vector<Named> organisations(const Episode& episode) {
  std::vector<Named> all;
  for (const std::uint32_t turn : episode.customer_turns) {
    if (episode.signals[turn].marker(Marker::kTag) == 0) continue;
    const std::string_view text = episode.turns[turn].text;
    for (Span tag = next_tag(text, 0); !tag.empty(); tag = next_tag(text, tag.end)) {
      const std::string_view name = slice(text, tag);
      const bool known = std::any_of(all.begin(), all.end(),
                                     [&](const Named& other) { return other.name == name; });
      if (known) continue;
      const MentionKind kind = episode.mentions->kind_of(name);
      if (is_organisation(kind)) all.push_back({name, kind, turn, tag});
    }
  }
  return all;
}

/// Whether the words already named what a tag names: then it is counted there (goes_public).
bool is_named(const Episode& episode, Marker marker) {
  return std::any_of(episode.customer_turns.begin(), episode.customer_turns.end(),
                     [&](std::uint32_t turn) { return episode.signals[turn].marker(marker) > 0; });
}

void add_first(std::span<const Named> all, MentionKind kind, Finding finding,
               std::vector<Finding>& out) {
  const auto first =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.kind == kind; });
  if (first == all.end()) return;
  finding.turn = first->turn, finding.span = first->span;
  out.push_back(finding);
}

void detect(const Episode& episode, std::vector<Finding>& out) {
  if (episode.mentions == nullptr) return;
  const std::vector<Named> all = organisations(episode);
  if (!is_named(episode, Marker::kPublic)) {
    add_first(all, MentionKind::kMedia, {.target = 0, .nats = 0.6, .span = {}}, out);
  }
  if (!is_named(episode, Marker::kRegulator)) {
    add_first(all, MentionKind::kAuthority, {.target = 1, .nats = 1.5, .span = {}}, out);
  }
  const std::size_t many = episode.anger == Anger::kRage    ? kManyInRage
                           : episode.anger == Anger::kClear ? kManyInAnger
                                                            : all.size() + 1;
  if (all.size() < many) return;
  out.push_back({.target = 0, .nats = 0.5, .turn = all[many - 1].turn, .span = all[many - 1].span});
}

}  // namespace

const Entry& mentions() {
  static const Entry entry{
      .name = "mentions",
      .about = {"tags a medium or an authority with @, or several organisations in anger",
                "用 @ 点名媒体或监管机构，或愤怒中点名多个机构账号"},
      .weights = Weights::kGuessed,
      .targets = {{"escalation", "1"}, {"escalation", "2"}},
      .detect = detect};
  return entry;
}

}  // namespace xinjing::evidence::catalog
