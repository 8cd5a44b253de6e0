#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace xinjing::report {

/// Stars persons in what customers and agents say. Found are:
/// - the customer whose words they are, by name (name_mask.h): 冯** stays to be read as 冯**;
/// - agents, by the names of the table messages, whatever else the cell holds (陈立峰（1023）):
/// whole,
///   Latin ones by each word of three letters or more in any case (everyday words, Bill and May,
///   not in lower case); names that are no person's (坐席1, Agent 7, 在线客服) are left alone;
/// - other customers who are known, by Chinese names of three characters or more, as they are often
///   in what a husband or a neighbour says;
/// - whoever is called by surname and title (邢经理, 赵师傅, Mr Xing) or full name and title: the
///   surname too is starred, unless it is the customer's own;
/// - whoever is introduced by name: 我叫…, 联系人…, my name is ….
/// Not found are other names without title or introduction, nicknames, and 小赵, 老万.
/// Immutable after construction. Cost: O(length) times the names that begin with the same
/// character, the titles and the introductions; 160 characters take some microseconds.
class PersonMask {
 public:
  /// Whoever else is known by name and kind: customers.
  struct Known {
    std::string name, kind;
    auto operator<=>(const Known&) const = default;
  };

  explicit PersonMask(const std::vector<std::string>& agents,
                      const std::vector<Known>& customers = {});

  /// `text` with as many characters as before, said to or by the customer of this name.
  std::string masked(std::string_view text, std::string_view name, std::string_view kind) const;

  /// Whether a word that tells, in lower case, holds two characters that stand together in the
  /// Chinese name of an agent or of a private customer who is known, or a word of a Latin one, or
  /// names somebody by title (mr xing). Cost: O(length * log(names)).
  bool names_somebody(std::string_view word) const;

 private:
  void add(std::u32string name);
  void add_parts(std::u32string_view name);
  void star_names(std::u32string& text) const;

  std::map<char32_t, std::vector<std::u32string>> x_names;  // by first character, in lower case
  std::set<std::u32string> x_parts;                         // of names, in lower case
};

}  // namespace xinjing::report
