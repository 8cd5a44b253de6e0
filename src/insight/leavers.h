#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "insight/fate.h"

// What customers who leave complain of, against those who stay.
namespace xinjing::insight {

/// What one customer said of a matter: conversations that complain of it, of all.
struct Complaints {
  bool leaves = false;
  double of = 0;
  double complaining = 0;
};

/// Leavers against stayers in one matter.
struct Contrast {
  Interval leavers, stayers;   // share of conversations that complain
  Interval odds{1, 1, 1};      // ratio
  double p = 1;                // that leavers complain no more, one-sided
  double complaining = 0;      // conversations of leavers that do
  double complaining_all = 0;  // of both
};

/// The log odds ratio of complaining conversations, with half a conversation added to each count
/// (Haldane 1956, Anscombe 1956) and a variance that allows for customers with many conversations:
/// that of the counts times the design effect of whole customers (Kish 1965), at least 1.
/// Nothing said by either: an odds ratio of 1 and p = 1. Cost: O(customers).
Contrast contrast_of(const std::vector<Complaints>& customers);

}  // namespace xinjing::insight
