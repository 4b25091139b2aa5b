/* The search shows what the record is about before the many sources whose titles hold the same words. */
Scorer.score = ([page, , , , score]) => {
  const first = { partner: 20, summit: 20, alliance: 20, declaration: 10, initiative: 10 };
  const [, kind] = page.split("/");
  return score >= Scorer.title && page.startsWith("record/") ? score + (first[kind] ?? 0) : score;
};
