/** The block of risk signals where a supervisor looks at hours. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { formatInstant } from '../kernel/time.ts';
import type { Db } from '../store/commit.ts';
import { Badge, Card } from '../web/components.tsx';
import type { RecordedPunch } from './punch.ts';
import type { ShownSignal } from './risk-signals.ts';
import { riskWords } from './risk-words.ts';
import { photographed } from './witness-photo.ts';

export const RiskSignals: FC<{ signals: readonly ShownSignal[]; locale: Locale }> = ({ signals, locale }) => {
  const say = riskWords(locale);
  if (signals.length === 0) return null;
  // A phone that serves twelve people does so at each punch: said once.
  const byText = new Map<string, [ShownSignal, ...ShownSignal[]]>();
  for (const one of signals) {
    const text = say(one.kind, one.values);
    const list = byText.get(text);
    if (list) list.push(one);
    else byText.set(text, [one]);
  }
  const matters = [...byText];
  return (
    <Card title={say('title')} id="signals">
      <p>{say('lead')}</p>
      <ul class="checks">
        {matters.map(([text, list]) => (
          <li>
            {text} <span class="aside">{say(`${list[0].kind}-not`)}</span>
            <span class="badges">
              {list.map(({ at, zone }) => (
                <Badge tone="info">{formatInstant(at, zone, locale, 'MM-dd HH:mm')}</Badge>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
};

export const WitnessPhotos: FC<{
  recorded: readonly RecordedPunch[];
  org: string;
  db: Db;
  locale: Locale;
}> = ({ recorded, org, db, locale }) => {
  const say = riskWords(locale);
  const ids = photographed(
    db,
    recorded.map(({ punch }) => punch.id),
  );
  if (ids.size === 0) return null;
  return (
    <Card title={say('photos')}>
      <p>{say('photosLead')}</p>
      <ul class="checks">
        {recorded
          .filter(({ punch }) => ids.has(punch.id))
          .map(({ punch, zone }) => (
            <li>
              <a href={`/api/orgs/${org}/punches/${punch.id}/photo`} target="_blank" rel="noopener">
                {say('photoOf', { at: formatInstant(punch.effectiveAt, zone, locale, 'MM-dd HH:mm') })}
              </a>
            </li>
          ))}
      </ul>
    </Card>
  );
};
