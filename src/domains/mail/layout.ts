/** How a workspace shows itself. */
export interface Branding {
  name: string;
  logoUrl: string | null;
  /** `#rrggbb` */
  colour: string | null;
}

/** What a mail says. Every text is one paragraph: line breaks in it become spaces. */
export interface Said {
  paragraphs: readonly string[];
  /** The one thing to do. */
  action?: { label: string; link: string };
  /** In small, at the end. */
  footer: readonly string[];
}

const COLOUR = '#1f6f8b';
const FONT = "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** One mail, twice: as plain text and as HTML that looks like the workspace. Styles are inline, all text is escaped. */
export function layout({ branding, paragraphs, action, footer }: Said & { branding: Branding }): {
  text: string;
  html: string;
} {
  const said = { branding, paragraphs: paragraphs.map(oneLine), action, footer: footer.map(oneLine) };
  const actionLines = action ? [`${oneLine(action.label)}:`, action.link] : [];
  const text = [...said.paragraphs, ...actionLines, ...said.footer, oneLine(branding.name)].join('\n\n');
  return { text: `${text}\n`, html: htmlOf(said) };
}

/**
 * Names come from people: a line break in one must begin neither another header nor another paragraph, and a sign that
 * turns the direction of reading must not make the rest look like something else.
 */
export const oneLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();

function htmlOf({ branding, paragraphs, action, footer }: Said & { branding: Branding }): string {
  const colour = branding.colour ?? COLOUR;
  const p = (text: string) => `<p style="margin: 0 0 16px">${escaped(text)}</p>`;
  const small = (text: string) => `<p style="margin: 0 0 8px; font-size: 13px; color: #5b6470">${escaped(text)}</p>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="margin: 0; padding: 24px 12px; background: #f3f4f6">
<div style="max-width: 560px; margin: 0 auto; background: #ffffff; border-top: 4px solid ${escaped(colour)}; ${FONT}; font-size: 16px; line-height: 1.5; color: #1c232b">
<div style="padding: 24px 32px 8px; font-weight: 600">${headOf(branding)}</div>
<div style="padding: 8px 32px 16px">
${paragraphs.map(p).join('\n')}
${action ? buttonOf(action, colour) : ''}
</div>
<div style="padding: 16px 32px 24px; border-top: 1px solid #e4e7eb">
${footer.map(small).join('\n')}
</div>
</div>
</body>
</html>
`;
}

/** The name stands beside the logo: many mail programs do not load pictures. */
function headOf({ name, logoUrl }: Branding): string {
  const shown = escaped(oneLine(name));
  if (!logoUrl) return shown;
  return `<img src="${escaped(logoUrl)}" alt="" height="40" style="height: 40px; max-width: 160px; vertical-align: middle; border: 0; margin-right: 12px">${shown}`;
}

function buttonOf({ label, link }: NonNullable<Said['action']>, colour: string): string {
  const button = `display: inline-block; padding: 12px 20px; border-radius: 6px; background: ${escaped(colour)}; color: ${inkOn(colour)}; text-decoration: none; font-weight: 600`;
  return `<p style="margin: 8px 0 16px"><a href="${escaped(link)}" style="${button}">${escaped(oneLine(label))}</a></p>
<p style="margin: 0 0 16px; font-size: 13px; color: #5b6470; word-break: break-all">${escaped(link)}</p>`;
}

/** Black or white, whichever can be read on a colour. */
function inkOn(colour: string): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 > 150 ? '#000000' : '#ffffff';
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
