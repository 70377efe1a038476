package com.hotdash.ops.text;

/** How the HTML looks: system fonts, both colour schemes, phone to desktop, and on paper. */
final class Stylesheet {
  static final String CSS =
      """
      :root{color-scheme:light dark;--page:#fff;--ink:#1c2127;--dim:#5b6571;--rule:#d9dee4;
      --soft:#f5f7f9;--link:#0b5cad;--bad:#b3261e;--bad-soft:#fdefed;--unsure:#855300;
      --unsure-soft:#fff5df;--good:#17703a;--good-soft:#ebf7ef;
      --c0:#0b62b8;--c1:#c2410c;--c2:#0f766e;--c3:#8e2fa3;--c4:#866500;--c5:#475569}
      @media (prefers-color-scheme:dark){:root{--page:#14181d;--ink:#e3e7ec;--dim:#9aa5b1;
      --rule:#333b44;--soft:#1d2329;--link:#7ab8ff;--bad:#ff8a80;--bad-soft:#361c1b;
      --unsure:#f2bd5a;--unsure-soft:#33270f;--good:#6fd08f;--good-soft:#14301f;
      --c0:#6cb6ff;--c1:#ff9a5c;--c2:#4fd1c5;--c3:#d8a0f0;--c4:#e3c14f;--c5:#b6c2cf}}
      *{box-sizing:border-box}
      html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
      body{margin:0;background:var(--page);color:var(--ink);line-height:1.5;
      font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
      main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere}
      h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.75rem 0 .6rem;text-wrap:balance}
      h1{font-size:1.7rem;margin-top:0;letter-spacing:-.01em}
      h2{font-size:1.25rem;margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--rule)}
      h3{font-size:1.05rem}
      h4,h5,h6{font-size:.95rem;color:var(--dim)}
      p,ul,ol,dl,pre,figure,.scroll{margin:.75rem 0}
      p,li{max-width:75ch}
      ul,ol{padding-left:1.25rem}
      li{margin:.2rem 0}
      a{color:var(--link)}
      .callout{display:flex;flex-wrap:wrap;gap:.1rem .75rem;max-width:none;padding:.55rem .85rem;
      border-left:4px solid var(--dim);border-radius:3px;background:var(--soft)}
      .callout+.callout{margin-top:-.35rem}
      .callout strong{min-width:6.5rem;letter-spacing:.03em;color:var(--dim)}
      .callout span{flex:1 1 14rem}
      .bad{border-color:var(--bad);background:var(--bad-soft)}
      .bad strong{color:var(--bad)}
      .unsure{border-color:var(--unsure);background:var(--unsure-soft)}
      .unsure strong{color:var(--unsure)}
      .good{border-color:var(--good);background:var(--good-soft)}
      .good strong{color:var(--good)}
      dl{display:grid;grid-template-columns:fit-content(11rem) 1fr;gap:.25rem 1.25rem}
      dt{color:var(--dim)}
      dd{margin:0;min-width:0}
      .scroll{overflow-x:auto;overflow-wrap:normal}
      table{border-collapse:collapse;font-size:.9rem;min-width:min(100%,24rem)}
      th,td{padding:.35rem 1.1rem .35rem 0;text-align:left;vertical-align:top;
      border-bottom:1px solid var(--rule)}
      th:last-child,td:last-child{padding-right:.25rem}
      th{color:var(--dim);font-weight:600;white-space:nowrap;border-bottom-width:2px}
      td{min-width:5rem;max-width:min(34rem,70vw);overflow-wrap:break-word}
      .number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
      td.number{min-width:0;max-width:none}
      .none,figcaption span,.legend span{color:var(--dim)}
      pre{overflow-x:auto;padding:.7rem .9rem;background:var(--soft);border:1px solid var(--rule);
      border-radius:4px;font-size:.85rem;line-height:1.5;overflow-wrap:normal;tab-size:4}
      code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
      .line code{user-select:all;-webkit-user-select:all}
      figure{margin:1.25rem 0}
      figcaption{margin-bottom:.5rem}
      figcaption span{white-space:nowrap;font-size:.85rem}
      figure>svg{display:block;overflow:visible}
      svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--dim);
      font-variant-numeric:tabular-nums}
      svg text.marker{paint-order:stroke;stroke:var(--page);stroke-width:4px;
      stroke-linejoin:round}
      svg text.marker{fill:var(--ink)}
      .grid{stroke:var(--rule)}
      line.marker{stroke:var(--dim);stroke-dasharray:2 3}
      .series{fill:none;stroke-width:2;stroke-linejoin:round;vector-effect:non-scaling-stroke}
      .dots{stroke-width:7;stroke-linecap:round}
      .c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}
      .c3{stroke:var(--c3)}.c4{stroke:var(--c4)}.c5{stroke:var(--c5)}
      .d1{stroke-dasharray:7 4}.d2{stroke-dasharray:2 3}.d3{stroke-dasharray:9 3 2 3}
      .legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.15rem 1.5rem;
      font-size:.85rem}
      .legend svg{vertical-align:.05em}
      .legend b.marker{display:inline-block;min-width:1.4em;text-align:center;
      border:1px solid var(--rule);border-radius:3px;background:var(--soft)}
      summary{color:var(--link);font-size:.85rem;cursor:pointer}
      nav{font-size:.95rem}
      @media print{:root{color-scheme:light}main{max-width:none;padding:0}nav{display:none}
      .scroll,pre{overflow:visible}pre{white-space:pre-wrap}figure,.callout,tr{break-inside:avoid}}
      """;

  private Stylesheet() {}
}
