#include "psychology/matter.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/utf8.h"
#include "language/normalise.h"

namespace xinjing::psychology {
namespace {

constexpr std::size_t kMostTerms = 6;

constexpr std::array<std::u32string_view, 30> kPlainWords = {
    U"the",  U"and",  U"you",  U"your", U"our",  U"for", U"will", U"have", U"has", U"was",
    U"were", U"that", U"this", U"with", U"from", U"are", U"not",  U"but",  U"its", U"been",
    U"they", U"she",  U"him",  U"her",  U"his",  U"can", U"got",  U"get",  U"all", U"out"};
constexpr std::u32string_view kPlainCharacters =
    U"的了吗呢吧啊您你我他她们是在这那就都也还不没有给为会将请一二三四五六七八九十个到和与";

// What nearly every talk of service is about says nothing of the matter.
constexpr auto kPlainTerms = std::to_array<std::u32string_view>(
    {U"客服",  U"服务",  U"问题",  U"人员",  U"工作",  U"员工",  U"收到",  U"已经",  U"现在",
     U"您好",  U"抱歉",  U"反映",  U"反馈",  U"情况",  U"亲亲",  U"custo", U"servi", U"staff",
     U"probl", U"messa", U"priva", U"pleas", U"hello", U"sorry", U"told"});

// Words by which something is not done up to now; of what is only bad, they are not said.
constexpr auto kStill = std::to_array<std::u32string_view>(
    {U"还没",    U"一直没",   U"迟迟",     U"仍",       U"至今",    U"到现在", U"到今天",
     U"在哪",    U"哪去了",   U"怎么还",   U"where is", U"where's", U"目前",   U"天了",
     U"周了",    U"月了",     U"小时了",   U"没人",     U"杳无",    U"石沉",   U"still",
     U"yet",     U"never",    U"hasn't",   U"haven't",  U"hasnt",   U"nobody", U"no one",
     U"has not", U"have not", U"till now", U"to now"});

// Words by which nothing was heard or came, of whatever it was.
constexpr auto kSilence = std::to_array<std::u32string_view>(
    {U"消息",    U"动静",        U"回音",     U"音信",     U"音讯",          U"下文",
     U"没回应",  U"没有回应",    U"没反应",   U"没有反应", U"石沉",          U"杳无",
     U"没人理",  U"没人管",      U"没有人管", U"什么都没", U"什么也没",      U"啥都没",
     U"啥也没",  U"等到现在",    U"还在等",   U"一直在等", U"still waiting", U"nothing",
     U"no news", U"no word",     U"no sign",  U"no reply", U"no response",   U"silence",
     U"waiting", U"where is it", U"a word",   U"a peep"});
// Words by which whatever it was is done.
constexpr auto kAllDone = std::to_array<std::u32string_view>(
    {U"解决", U"处理好", U"处理完", U"搞定", U"办好", U"弄好", U"办妥", U"sorted", U"resolved",
     U"all done", U"taken care", U"all good", U"all set", U"solved"});

// What was more than asked: sooner, more of it, or something besides.
constexpr auto kMore = std::to_array<std::u32string_view>({U"提前",
                                                           U"提早",
                                                           U"早到",
                                                           U"早了",
                                                           U"还早",
                                                           U"早早",
                                                           U"比说",
                                                           U"比你",
                                                           U"比约",
                                                           U"比承诺",
                                                           U"比预",
                                                           U"比想",
                                                           U"比我想",
                                                           U"比之前",
                                                           U"比原价",
                                                           U"超出",
                                                           U"超过",
                                                           U"以为要",
                                                           U"以为得",
                                                           U"以为还",
                                                           U"以为明天",
                                                           U"以为下周",
                                                           U"多送",
                                                           U"多寄",
                                                           U"多给",
                                                           U"多退",
                                                           U"多返",
                                                           U"多补",
                                                           U"多赔",
                                                           U"多塞",
                                                           U"多装",
                                                           U"多放",
                                                           U"还多",
                                                           U"又多",
                                                           U"额外",
                                                           U"另外",
                                                           U"附赠",
                                                           U"加送",
                                                           U"白送",
                                                           U"还送",
                                                           U"又送",
                                                           U"还附",
                                                           U"还塞",
                                                           U"还搭",
                                                           U"还带",
                                                           U"还给",
                                                           U"还帮",
                                                           U"还把",
                                                           U"还顺",
                                                           U"顺手",
                                                           U"还免",
                                                           U"免单",
                                                           U"免费",
                                                           U"全免",
                                                           U"还教",
                                                           U"还专门",
                                                           U"还特",
                                                           U"特意",
                                                           U"特地",
                                                           U"主动",
                                                           U"一并",
                                                           U"也一起",
                                                           U"都一起",
                                                           U"也给换",
                                                           U"也给修",
                                                           U"都给换",
                                                           U"都给修",
                                                           U"翻倍",
                                                           U"加倍",
                                                           U"双倍",
                                                           U"升级",
                                                           U"升了",
                                                           U"给升",
                                                           U"给我升",
                                                           U"升到",
                                                           U"倒贴",
                                                           U"便宜",
                                                           U"还减",
                                                           U"还抹",
                                                           U"还少收",
                                                           U"还退",
                                                           U"还赔",
                                                           U"还补",
                                                           U"还抵",
                                                           U"还打",
                                                           U"还升",
                                                           U"还摆",
                                                           U"还布置",
                                                           U"还准备",
                                                           U"还备",
                                                           U"还放",
                                                           U"还写",
                                                           U"还做",
                                                           U"还整理",
                                                           U"还剪",
                                                           U"还录",
                                                           U"还买",
                                                           U"还拎",
                                                           U"还检查",
                                                           U"还又",
                                                           U"不光",
                                                           U"不仅",
                                                           U"不但",
                                                           U"不止",
                                                           U"连人都",
                                                           U"直接换",
                                                           U"直接给换",
                                                           U"换新的",
                                                           U"半夜",
                                                           U"连夜",
                                                           U"大晚上",
                                                           U"冒雨",
                                                           U"early",
                                                           U"earlier",
                                                           U"sooner",
                                                           U"ahead",
                                                           U"faster than",
                                                           U"quicker than",
                                                           U"better than",
                                                           U"more than",
                                                           U"before you said",
                                                           U"before your",
                                                           U"before the deadline",
                                                           U"beat ",
                                                           U"already",
                                                           U"twice",
                                                           U"double",
                                                           U"extra",
                                                           U"bonus",
                                                           U"threw in",
                                                           U"thrown in",
                                                           U"chucked in",
                                                           U"on top",
                                                           U"also ",
                                                           U"even ",
                                                           U"as well",
                                                           U"plus ",
                                                           U"added",
                                                           U"free ",
                                                           U"upgrade",
                                                           U"with interest",
                                                           U"waived",
                                                           U"refunded more",
                                                           U"whole lot",
                                                           U"refunded everything",
                                                           U"without being asked",
                                                           U"without me asking",
                                                           U"without my asking",
                                                           U"without us asking",
                                                           U"nobody asked",
                                                           U"hadn't asked",
                                                           U"didn't ask for",
                                                           U"never asked for",
                                                           U"and the other",
                                                           U"fixed the other",
                                                           U"with a ",
                                                           U"with flowers",
                                                           U"with chocolates",
                                                           U"cleaned up",
                                                           U"unpacked",
                                                           U"cheaper",
                                                           U"less than",
                                                           U"charged less",
                                                           U"didn't charge",
                                                           U"didnt charge",
                                                           U"charged nothing",
                                                           U"a bigger",
                                                           U"a better",
                                                           U"better room",
                                                           U"a suite",
                                                           U"the suite",
                                                           U"a bottle",
                                                           U"balloons",
                                                           U"fruit basket",
                                                           U"not just the",
                                                           U"exceeded",
                                                           U"above and beyond",
                                                           U"extra mile"});

constexpr auto kQuick = std::to_array<std::u32string_view>({U"不到一",
                                                            U"不到两",
                                                            U"不到三",
                                                            U"不到半",
                                                            U"没到点",
                                                            U"没一会",
                                                            U"不一会",
                                                            U"没多久",
                                                            U"没几分钟",
                                                            U"几分钟就",
                                                            U"分钟就",
                                                            U"小时就",
                                                            U"当天就",
                                                            U"当晚就",
                                                            U"当场",
                                                            U"第二天就",
                                                            U"次日就",
                                                            U"隔天就",
                                                            U"今天就",
                                                            U"昨天就",
                                                            U"一会儿就",
                                                            U"一会就",
                                                            U"秒到",
                                                            U"秒退",
                                                            U"within minutes",
                                                            U"within the hour",
                                                            U"same day",
                                                            U"next day already",
                                                            U"within ten minutes",
                                                            U"straight away"});

bool says_any(std::span<const std::u32string_view> words, std::string_view text) {
  language::Normalised normal;
  language::normalise(text, normal);
  return std::any_of(words.begin(), words.end(), [&](std::u32string_view word) {
    return normal.chars.find(word) != std::u32string::npos;
  });
}

}  // namespace

Terms terms_of(std::string_view text) {
  language::Normalised normal;
  language::normalise(text, normal);
  const std::u32string& chars = normal.chars;
  Terms terms;
  const auto tells = [](char32_t c) {
    return is_han(c) && kPlainCharacters.find(c) == kPlainCharacters.npos;
  };
  for (std::size_t i = 0; i + 1 < chars.size(); ++i) {
    if (tells(chars[i]) && tells(chars[i + 1])) terms.insert(chars.substr(i, 2));
  }
  const auto letter = [](char32_t c) { return c >= U'a' && c <= U'z'; };
  for (std::size_t i = 0; i < chars.size();) {
    std::size_t end = i;
    while (end < chars.size() && letter(chars[end])) ++end;
    constexpr std::size_t kShortest = 3;
    constexpr std::size_t kStem = 5;
    if (end - i >= kShortest) {
      const std::u32string word = chars.substr(i, end - i);
      if (std::find(kPlainWords.begin(), kPlainWords.end(), word) == kPlainWords.end()) {
        terms.insert(word.substr(0, kStem));
      }
    }
    i = std::max(end, i + 1);
  }
  for (const std::u32string_view plain : kPlainTerms) terms.erase(std::u32string(plain));
  return terms;
}

Terms characters_of_quote(std::string_view text) {
  language::Normalised normal;
  language::normalise(text, normal);
  Terms terms;
  for (const char32_t c : normal.chars) {
    if (is_han(c) && kPlainCharacters.find(c) == kPlainCharacters.npos) {
      terms.insert(std::u32string(1, c));
    }
  }
  return terms;
}

double common_share(const Terms& a, const Terms& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t common = 0;
  for (const std::u32string& term : a) common += b.count(term);
  const std::size_t size = std::min({a.size(), b.size(), kMostTerms});
  return std::min(1.0, static_cast<double>(common) / static_cast<double>(size));
}

bool says_still(std::string_view text) { return says_any(kStill, text); }

bool tells_silence(std::string_view text) { return says_any(kSilence, text); }

bool says_all_done(std::string_view text) { return says_any(kAllDone, text); }

bool tells_more(std::string_view text) { return says_any(kMore, text); }

bool tells_quick(std::string_view text) { return says_any(kQuick, text); }

bool is_brief(std::string_view text) {
  constexpr std::ptrdiff_t kMostOfHan = 24;
  constexpr std::size_t kMost = 80;
  language::Normalised normal;
  language::normalise(text, normal);
  return normal.chars.size() <= kMost &&
         std::count_if(normal.chars.begin(), normal.chars.end(), is_han) <= kMostOfHan;
}

}  // namespace xinjing::psychology
