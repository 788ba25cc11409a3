#ifndef KLAUSUL_SERVICE_REPORT_HTML_ASSETS_H_
#define KLAUSUL_SERVICE_REPORT_HTML_ASSETS_H_

#include "absl/strings/string_view.h"

namespace klausul::report {

// The style of the page: light and dark as the reader's system is, light on
// paper, without the filters.
inline constexpr absl::string_view kHtmlStyle = R"css(
:root{color-scheme:light dark;--page:#f6f6f3;--card:#fff;--ink:#16181d;
--soft:#565b66;--line:#dcdcd6;--error:#b3261e;--warning:#a35c00;
--advice:#1c5fb0;--other:#6b6f78;--mark:#ffe7a8;--focus:#1c5fb0}
@media (prefers-color-scheme:dark){:root{--page:#14161a;--card:#1d2026;
--ink:#eceef2;--soft:#a8adb8;--line:#343841;--error:#ff8f85;--warning:#f0b258;
--advice:#8ab8ff;--other:#a0a5b0;--mark:#5b4a12;--focus:#8ab8ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.wrap{max-width:1120px;margin:0 auto;padding:24px 20px 64px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px}
h2{font-size:18px;line-height:1.35;margin:0;overflow-wrap:anywhere}
h3{font-size:16px;line-height:1.4;margin:0}
p{margin:4px 0}a{color:var(--advice)}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.soft{color:var(--soft);font-size:14px}
.tiles{display:flex;flex-wrap:wrap;gap:10px;margin:20px 0;padding:0;
list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);
border-radius:8px;padding:10px 16px;min-width:116px}
.tiles b{display:block;font-size:24px;line-height:1.2;
font-variant-numeric:tabular-nums}
.tiles .error b{color:var(--error)}.tiles .warning b{color:var(--warning)}
.tiles .advice b{color:var(--advice)}
.charts{display:grid;gap:12px;
grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr))}
figure{margin:0;background:var(--card);border:1px solid var(--line);
border-radius:8px;padding:14px 16px;min-width:0;overflow-x:auto}
figcaption{font-weight:600;margin-bottom:8px}
svg{display:block;width:100%;min-width:400px;height:auto}
svg text{fill:var(--ink);font:12px system-ui,sans-serif}
svg .tick{fill:var(--soft)}svg .hit{fill:transparent}
svg .error{fill:var(--error)}svg .warning{fill:var(--warning)}
svg .advice{fill:var(--advice)}svg .axis{stroke:var(--line)}
.bar{cursor:pointer;outline:0}
.bar:hover .hit,.bar:focus-visible .hit,.bar.on .hit{fill:var(--line)}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;margin:12px 0 8px;padding:0;
list-style:none;font-size:14px}
.legend li::before{content:"";display:inline-block;width:11px;height:11px;
border-radius:2px;margin-right:6px;background:currentColor}
.legend .error::before{color:var(--error)}
.legend .warning::before{color:var(--warning)}
.legend .advice::before{color:var(--advice)}
details{margin-top:8px}summary{cursor:pointer}
table{border-collapse:collapse;width:100%;font-size:14px;margin-top:6px}
th,td{text-align:left;padding:4px 8px 4px 0;vertical-align:top;
border-bottom:1px solid var(--line);overflow-wrap:anywhere}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;width:5.5em;
overflow-wrap:normal}
.filters{position:sticky;top:0;z-index:1;display:flex;flex-wrap:wrap;
gap:10px 14px;align-items:end;background:var(--page);padding:12px 0;
margin-top:20px;border-bottom:1px solid var(--line)}
.filters label{font-size:13px;color:var(--soft)}
.filters select,.filters input[type=search]{display:block;font:inherit;
font-size:14px;color:var(--ink);background:var(--card);padding:5px 8px;
border:1px solid var(--line);border-radius:6px;width:170px}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 12px}
legend{font-size:13px;color:var(--soft);padding:0}
fieldset label{font-size:14px;color:var(--ink)}
button{font:inherit;font-size:14px;color:var(--ink);background:var(--card);
border:1px solid var(--line);border-radius:6px;padding:5px 12px;cursor:pointer}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.doc{margin-top:28px}
.finding{background:var(--card);border:1px solid var(--line);
border-left:5px solid var(--other);border-radius:8px;padding:12px 16px;
margin-top:10px}
.finding.error{border-left-color:var(--error)}
.finding.warning{border-left-color:var(--warning)}
.finding.advice{border-left-color:var(--advice)}
.label{font-size:12px;font-weight:700;letter-spacing:.04em;
color:var(--other);margin-right:8px}
.error>h3 .label{color:var(--error)}.warning>h3 .label{color:var(--warning)}
.advice>h3 .label{color:var(--advice)}
.finding pre{margin:8px 0;padding:8px 10px;overflow-x:auto;
background:var(--page);border-radius:6px}
mark{background:var(--mark);color:inherit;border-radius:2px}
dl{margin:6px 0 0;display:grid;grid-template-columns:max-content 1fr;
gap:2px 14px;font-size:14px}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.undecided ul{margin:6px 0;padding-left:20px;font-size:14px}
.undecided code,dd code{overflow-wrap:anywhere}
[hidden]{display:none!important}
@media (max-width:600px){dl{grid-template-columns:1fr}dt{margin-top:4px}
.filters{position:static}.filters select,.filters input[type=search]{width:100%}
.filters>label{flex:1 1 100%}}
@media print{:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;
--soft:#444;--line:#bbb;--error:#b3261e;--warning:#a35c00;--advice:#1c5fb0;
--other:#666;--mark:#eee}
body{font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.wrap{max-width:none;padding:0}svg{min-width:0}
.charts{grid-template-columns:1fr 1fr}.filters,.hint{display:none}
.finding,figure,.tiles li{break-inside:avoid}h2{break-after:avoid}
.finding pre{white-space:pre-wrap}a{color:inherit;text-decoration:none}}
)css";

// The filters. Without it the page shows everything.
inline constexpr absl::string_view kHtmlScript = R"js(
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const form = document.querySelector('.filters');
  const docs = all('.doc').map(element => ({
    element, findings: all('.finding', element).map(finding => ({
      element: finding,
      text: finding.textContent.toLowerCase(),
      provisions: (finding.dataset.provisions || '').split(' '),
    })),
    undecided: element.querySelector('.undecided'),
  }));
  const shown = document.querySelector('#shown');
  const nothing = document.querySelector('#nothing');
  const apply = () => {
    const value = name => form.elements[name].value;
    const kinds = new Set(all('input[name=severity]:checked', form)
        .map(input => input.value));
    const words = value('search').trim().toLowerCase();
    const narrow = value('provision') !== '' || words !== '' ||
        all('input[name=severity]', form).some(input => !input.checked);
    let count = 0, visible = 0;
    for (const doc of docs) {
      const data = doc.element.dataset;
      const fits = ['document', 'buyer', 'month'].every(
          name => value(name) === '' || value(name) === data[name]);
      let found = 0;
      for (const finding of doc.findings) {
        const on = fits && kinds.has(finding.element.dataset.severity) &&
            (value('provision') === '' ||
             finding.provisions.includes(value('provision'))) &&
            finding.text.includes(words);
        finding.element.hidden = !on;
        found += on ? 1 : 0;
      }
      if (doc.undecided) {
        doc.undecided.hidden = !kinds.has('undecided') ||
            value('provision') !== '' ||
            !doc.undecided.textContent.toLowerCase().includes(words);
      }
      const open = doc.undecided && !doc.undecided.hidden && words === '';
      doc.element.hidden = !fits || (narrow && found === 0 && !open);
      visible += doc.element.hidden ? 0 : 1;
      count += found;
    }
    shown.textContent = count;
    nothing.hidden = visible > 0;
    for (const bar of all('.bar')) {
      bar.classList.toggle('on',
          form.elements[bar.dataset.filter].value === bar.dataset.value);
    }
  };
  form.addEventListener('input', apply);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  const choose = bar => {
    const select = form.elements[bar.dataset.filter];
    select.value = select.value === bar.dataset.value ? '' : bar.dataset.value;
    apply();
    form.scrollIntoView({block: 'start'});
  };
  for (const bar of all('.bar')) {
    bar.addEventListener('click', () => choose(bar));
    bar.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      choose(bar);
    });
  }
  form.hidden = false;
  apply();
})();
)js";

}  // namespace klausul::report

#endif  // KLAUSUL_SERVICE_REPORT_HTML_ASSETS_H_
