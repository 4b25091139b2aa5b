/* A record whose name holds words of the query goes before the many sources whose titles hold them too. */
Scorer.score = ([page, title, , , score]) => {
  const more = { partner: 25, summit: 20, alliance: 12, declaration: 5, initiative: 5 };
  const [folder, kind] = page.split("/");
  const words = (new URLSearchParams(location.search).get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const named = words.filter((word) => title.toLowerCase().includes(word)).length / (words.length || 1);
  return folder === "record" ? score + (more[kind] ?? 0) * named : score;
};
