#include "ingest/identity.h"

#include <algorithm>

#include "base/format.h"

namespace xinjing::ingest {
namespace {

/// Sets of subjects that are merged pair by pair; the least member stands for its set.
class Union {
 public:
  void add(const std::string& subject) { x_parent.emplace(subject, subject); }

  void merge(const std::string& a, const std::string& b) {
    const std::string x = root(a), y = root(b);
    if (x != y) x_parent[std::max(x, y)] = std::min(x, y);
  }

  std::map<std::string, std::string> roots() {
    std::map<std::string, std::string> out;
    for (const auto& [subject, parent] : x_parent) out.emplace(subject, root(subject));
    return out;
  }

 private:
  std::string root(const std::string& subject) {
    std::string at = subject;
    while (x_parent.at(at) != at) at = x_parent.at(at);
    for (std::string step = subject; step != at;) {
      std::string next = std::exchange(x_parent.at(step), at);
      step = std::move(next);
    }
    return at;
  }

  std::map<std::string, std::string> x_parent;
};

bool is_customer(const std::string& subject) { return subject.starts_with("c:"); }

Said reason_of(const Handle& handle) {
  if (handle.kind == "phone") return {"same telephone number", "电话号码相同"};
  if (handle.kind == "email") return {"same e-mail address", "邮箱相同"};
  if (handle.kind == "account") return {"same account number", "户号相同"};
  return {fmt::format("same name on {}", handle.kind),
          fmt::format("在 {} 上的标识相同", handle.kind)};
}

using ByHandle = std::map<Handle, std::vector<const Claim*>>;

/// The first claim of each subject on a handle. REQUIRES: claims are sorted.
ByHandle by_handle(const std::vector<Claim>& claims) {
  ByHandle groups;
  for (const Claim& claim : claims) {
    if (claim.handle.value.empty()) continue;
    std::vector<const Claim*>& group = groups[claim.handle];
    if (group.empty() || group.back()->subject != claim.subject) group.push_back(&claim);
  }
  return groups;
}

std::string_view text_of(const TableSpec& table, const Row& row, std::string_view column) {
  for (std::size_t i = 0; i < table.columns.size() && i < row.cells.size(); ++i) {
    if (table.columns[i].name != column) continue;
    const auto* text = std::get_if<std::string>(&row.cells[i]);
    return text != nullptr ? std::string_view(*text) : std::string_view();
  }
  return {};
}

}  // namespace

std::vector<Claim> claims_of(const TableSpec& table, const Row& row, std::string_view file) {
  std::vector<Claim> claims;
  const auto add = [&](Handle handle) {
    if (!handle.value.empty())
      claims.push_back({row.subject, std::move(handle), std::string(file), row.line});
  };
  if (row.subject.starts_with("h:")) {
    const std::string_view rest = std::string_view(row.subject).substr(2);
    const std::size_t colon = std::min(rest.find(':'), rest.size() - 1);
    if (rest.substr(0, colon) == "conversation") return claims;
    add({std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 1))});
  } else if (table.name == "identities") {
    add(normal_handle(text_of(table, row, "channel"), text_of(table, row, "handle")));
  } else if (table.name == "customers") {
    add({"phone", normal_phone(text_of(table, row, "phone"))});
    add({"email", normal_email(text_of(table, row, "email"))});
    add({"account", normal_account(text_of(table, row, "account"))});
  }
  return claims;
}

Identities identities(std::vector<Claim> claims, const IdentityOptions& options) {
  std::sort(claims.begin(), claims.end());
  Identities out;
  Union sets;
  for (const Claim& claim : claims) sets.add(claim.subject);
  for (const auto& [handle, group] : by_handle(claims)) {
    const auto customers = std::count_if(
        group.begin(), group.end(), [](const Claim* claim) { return is_customer(claim->subject); });
    if (std::size_t(customers) > options.max_customers) {
      out.shared.push_back({handle, std::size_t(customers)});
      continue;
    }
    for (std::size_t i = 1; i < group.size(); ++i) {
      const Claim& claim = *group[i];
      LinkKey key{claim.subject, group[0]->subject, handle};
      if (options.broken.contains(key)) continue;
      sets.merge(key.subject, key.anchor);
      // A handle that nobody was written under in a row of its own is told by its owner's row.
      const Claim& said = claim.file.empty() ? *group[0] : claim;
      out.links.push_back({std::move(key), reason_of(handle), said.file, said.line});
    }
  }
  std::sort(out.links.begin(), out.links.end(),
            [](const Link& a, const Link& b) { return a.key < b.key; });
  out.person = sets.roots();
  return out;
}

}  // namespace xinjing::ingest
