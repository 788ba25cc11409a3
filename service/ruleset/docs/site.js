// The search of the documentation. The data come with a script of their own
// (`search-data.js`), so that the pages work from a disk; what it finds is put
// into the page as text, never as markup.
(function () {
  "use strict";
  var input = document.getElementById("q");
  var list = document.getElementById("results");
  var hits = document.getElementById("hits");
  if (!input || !list || !hits || typeof klausulSearch === "undefined") return;

  var shown = 60;
  var help = hits.textContent;
  var entries = klausulSearch.map(function (entry) {
    return {
      kind: entry[0],
      title: entry[1],
      address: entry[2],
      name: entry[3],
      isRule: entry[2].indexOf("rules/") === 0,
      lowTitle: entry[1].toLowerCase(),
      lowName: entry[3].toLowerCase(),
      low: (entry[1] + " " + entry[3] + " " + entry[4]).toLowerCase()
    };
  });

  function isBreak(letter) {
    return !/[0-9a-zæøåöäé-]/.test(letter);
  }

  function startsWord(text, at) {
    return at === 0 || isBreak(text.charAt(at - 1));
  }

  // How well a word fits into a text: 0 where it is not there.
  function fit(text, word) {
    var best = 0;
    for (var at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      var end = at + word.length;
      var whole = startsWord(text, at) &&
                  (end === text.length || isBreak(text.charAt(end)));
      best = Math.max(best, whole ? 3 : startsWord(text, at) ? 2 : 1);
      if (best === 3) break;
    }
    return best;
  }

  function score(entry, words) {
    var sum = entry.isRule ? 1 : 0;
    for (var i = 0; i < words.length; i++) {
      var anywhere = fit(entry.low, words[i]);
      if (anywhere === 0) return 0;
      sum += anywhere + 8 * fit(entry.lowTitle, words[i]) +
             6 * fit(entry.lowName, words[i]);
    }
    return sum;
  }

  function show(entry) {
    var item = document.createElement("li");
    var kind = document.createElement("span");
    kind.className = "badge";
    kind.textContent = entry.kind;
    var link = document.createElement("a");
    link.href = entry.address;
    link.textContent = entry.title;
    var name = document.createElement("span");
    name.className = "name";
    name.textContent = entry.name;
    item.appendChild(kind);
    item.appendChild(link);
    item.appendChild(name);
    list.appendChild(item);
  }

  function search() {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    list.textContent = "";
    if (words.length === 0) {
      hits.textContent = help;
      return;
    }
    var found = [];
    entries.forEach(function (entry, order) {
      var points = score(entry, words);
      if (points > 0) found.push({entry: entry, points: points, order: order});
    });
    found.sort(function (a, b) {
      return b.points - a.points || a.order - b.order;
    });
    var said = found.length === 0 ? hits.getAttribute("data-none")
             : found.length === 1 ? hits.getAttribute("data-one")
             : hits.getAttribute("data-many").replace("{n}", found.length);
    if (found.length > shown) {
      said += " " + hits.getAttribute("data-more").replace("{n}", shown);
    }
    hits.textContent = said;
    found.slice(0, shown).forEach(function (hit) { show(hit.entry); });
  }

  input.form.addEventListener("submit", function (event) {
    event.preventDefault();
    search();
  });
  input.addEventListener("input", search);
  input.value = new URLSearchParams(window.location.search).get("q") || "";
  input.focus();
  search();
}());
