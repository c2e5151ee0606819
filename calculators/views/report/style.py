"""How a report looks, on a screen and on A4 paper: black on white, whatever the reader's scheme."""

STYLE = """
@page { size: A4; margin: 14mm 15mm; }
.report { max-width: 180mm; margin: 0 auto; color: #1f211d; background: #fff; }
.report { font: 9pt/1.3 system-ui, sans-serif; }
.report h1 { margin: 0 0 2mm; font-size: 15pt; line-height: 1.2; }
.report h2 { margin: 3mm 0 1mm; font-size: 10.5pt; break-after: avoid; }
.report time { white-space: nowrap; }
.report p, .report ul { margin: 0 0 1.5mm; }
.report ul { padding-left: 5mm; }
.report section ul { columns: 2; column-gap: 6mm; font-size: 7pt; line-height: 1.2; }
.report :is(section:not(:has(figure)):has(table), section li) { break-inside: avoid; }
.report .answer { font-size: 12.5pt; font-weight: 600; }
.report dl { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; margin: 2mm 0; }
.report dl div { display: flex; justify-content: space-between; gap: 3mm; border-bottom: .2mm solid #dedad0; }
.report dd { margin: 0; font-weight: 600; text-align: right; }
.report dl :not(.words) > dd { white-space: nowrap; }
.report dl .words { display: block; grid-column: 1 / -1; }
.report .words :is(dt, dd) { display: inline; text-align: left; }
.report .words dt::after { content: ": "; }
.report figure { margin: 2mm 0; break-inside: avoid; }
.report table { width: 100%; border-collapse: collapse; font-size: 8pt; line-height: 1.2; }
.report table:has(th:nth-child(10)) { font-size: 7.5pt; }
.report :is(th, td) { padding: .5mm 1.5mm .5mm 0; border-bottom: .2mm solid #dedad0; }
.report :is(th, td) { text-align: left; vertical-align: top; }
.report tr { break-inside: avoid; }
.report .pairs, .report .pairs tbody { display: block; }
.report .pairs thead { display: none; }
.report .pairs tbody { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; }
.report .pairs tr { display: flex; justify-content: space-between; gap: 3mm; border-bottom: .2mm solid #dedad0; }
.report .pairs :is(th, td) { padding-right: 0; border: 0; }
.report .pairs td { text-align: right; }
.report thead th { font-weight: 600; vertical-align: bottom; }
.report tbody th { font-weight: 400; }
.report .own > * { font-weight: 700; }
.report .number { text-align: right; }
.report a { color: #17583f; overflow-wrap: anywhere; }
.report .end { margin-top: 3mm; font-size: 8pt; color: #5a5d54; }
.report svg { display: block; overflow: visible; }
.report text { fill: #1f211d; font-size: 8pt; }
.report .bar-value { font-weight: 600; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
.report .bar-fill { fill: #83857a; }
.report :is(.is-own .bar-fill, .line-own) { fill: #17583f; }
.report .is-own text { font-weight: 700; }
.report :is(.line, .curve) { fill: none; stroke: #17583f; stroke-width: 2.5; vector-effect: non-scaling-stroke; }
.report :is(.axis, .own-line) { stroke: #83857a; }
.report :is(.reading-line, .chart-reader, .curve-key) { display: none; }
.report .chart-line { width: calc(100% - 14mm); margin-left: 14mm; }
.report .is-named { width: calc(100% - 62mm); }
.report code { overflow-wrap: anywhere; }
.report :is(.chart-shares, .chart-stacks) rect { stroke: #fff; stroke-width: 2; }
.report .crossing { fill: #fff; stroke: #1f211d; stroke-width: 2; }
.report :is(.curve, .name-lead) { stroke: var(--tone); }
.report .name { fill: var(--tone); }
.report :is(.name, .crossing-label) { font-weight: 600; }
.report :is(.tick, .name, .crossing-label) { paint-order: stroke; stroke: #fff; stroke-width: 4px; }
.report :is(.curve-0, .name-0) { --tone: #17583f; }
.report :is(.curve-1, .name-1) { --tone: #2f92b8; }
.report :is(.curve-2, .name-2) { --tone: #8b6812; }
.report :is(.curve-3, .name-3) { --tone: #644395; }
.report .curve-1 { stroke-dasharray: 8 3; }
.report .curve-2 { stroke-dasharray: 2 3; }
.report .curve-3 { stroke-dasharray: 10 3 2 3; }
.report .toned { --tone: #5a5d54; }
.report .tone-prompting { --tone: #1150a0; }
.report .tone-retrieval { --tone: #985406; }
.report .tone-tuning { --tone: #64104f; }
.report .tone-both { --tone: #177a6d; }
.report .grid { stroke: #dedad0; }
.report .crossing-foot { stroke: #5a5d54; stroke-dasharray: 2 3; }
.report .chart-key { display: flex; flex-wrap: wrap; gap: 1mm 6mm; padding: 0; list-style: none; }
.report .part-0 { fill: #17583f; }
.report .part-1 { fill: #2f92b8; }
.report .part-2 { fill: #09256d; }
.report .part-3 { fill: #8b6812; }
.report .part-4 { fill: #3d290e; }
.report .part-5 { fill: #644395; }
.report .part-6 { fill: #c4726d; }
.report .part-7 { fill: #1e3ce1; }
.report .part-8 { fill: #b45aff; }
.report .toned .bar-label { fill: var(--tone); font-weight: 600; }
.report .toned .part-0 { fill: var(--tone); }
.report .toned .part-1 { fill: color-mix(in srgb, var(--tone) 60%, #fff); }
.report .toned .part-2 { fill: color-mix(in srgb, var(--tone) 28%, #fff); }
.report .toned .part-3 { fill: color-mix(in srgb, var(--tone) 10%, #fff); }
.report .toned rect { stroke: var(--tone) !important; stroke-width: 1 !important; }
.report .whisker { stroke: #1f211d; stroke-width: 2; }
.report .ladder-rail { stroke: #83857a; stroke-width: 3; }
.report .ladder-bar { fill: var(--tone, #83857a); }
.report .ladder-name { fill: var(--tone, #1f211d); font-weight: 700; }
.report .ladder-here { fill: var(--tone, #1f211d); }
.report .is-own .ladder-rule { font-weight: 700; }
@media screen { .report { padding: 8mm; } }
@media screen and (max-width: 600px) {
  body { margin: 0; }
  .report { padding: 4mm; overflow-wrap: break-word; }
  .report dl, .report .pairs tbody { grid-template-columns: 1fr; }
  .report section ul { columns: 1; }
  .report td.number { white-space: nowrap; }
  .report .is-named { width: calc(100% - 14mm); }
  .report .curve-names { display: none; }
  .report .curve-key { display: flex; }
  .report .cards, .report .cards :is(tbody, tr, th, td) { display: block; }
  .report .cards { font-size: 9pt; line-height: 1.35; }
  .report .cards thead, .report .cards td:empty { display: none; }
  .report .cards tr { margin-bottom: 2mm; padding: 1.5mm 2mm; border: .2mm solid #dedad0; border-radius: 1mm; }
  .report .cards :is(th, td) { padding: 0; border: 0; text-align: left; white-space: normal; }
  .report .cards th { font-weight: 600; }
  .report .cards td::before { color: #5a5d54; content: attr(data-label) ": "; }
}
"""
