/** The stranger's page: a contract is checked on their own device; nothing of the file leaves it. */
import type { FC } from 'hono/jsx';
import type { Locale } from '../kernel/refusal.ts';
import { PublicPage } from '../web/page.tsx';
import { sealWords } from './words.ts';

/** `authorityDigest`: SHA-256 of this service's own authority, hexadecimal. */
export const VerifyPage: FC<{ locale: Locale; authorityDigest: string }> = ({ locale, authorityDigest }) => {
  const say = sealWords(locale);
  return (
    <PublicPage locale={locale} title={say('verify')} scripts={['verify']} styles={['verify']}>
      <section
        class="verify"
        data-verify
        data-authority={authorityDigest}
        data-say-checking={say('checking')}
        data-say-good={say('good')}
        data-say-bad={say('bad')}
        data-say-unreadable={say('unreadable')}
        data-say-checks={say('checks')}
        data-say-not-proven={say('notProven')}
      >
        <p>{say('verifyLead')}</p>
        <label class="verify-drop">
          <span>{say('choose')}</span>
          <input type="file" accept="application/pdf,.pdf" />
        </label>
        <div data-verdict role="status" aria-live="polite" />
      </section>
      <section class="verify">
        <h2>{say('withoutUs')}</h2>
        <p>
          {say('withoutUsMeans')} <a href="/verify/evidence.md">{say('withoutUs')}</a>
        </p>
        <p>
          {say('ourAuthority')}: <a href="/authority.pem">authority.pem</a>
        </p>
        <p>
          <code class="verify-digest">{authorityDigest}</code>
        </p>
      </section>
    </PublicPage>
  );
};
