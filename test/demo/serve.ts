/** Looking around: sign-in links in the terminal, one each for the people whose view differs. */
import type { Person } from '../support/person.ts';
import type { Progress } from './progress.ts';
import type { Story } from './story.ts';

interface Visitor {
  readonly role: string;
  readonly person: Person;
  readonly next: string;
}

export function showLinks({ scene, door }: Story, progress: Progress): void {
  const { operator, owner, hr, supervisor, approver } = scene.staff;
  const console = `/orgs/${scene.org}`;
  const visitors: Visitor[] = [
    { role: 'owner', person: owner, next: console },
    { role: 'HR', person: hr, next: console },
    { role: 'supervisor', person: supervisor, next: console },
    { role: 'client’s approver', person: approver, next: console },
    { role: 'operator', person: operator, next: '/operator' },
  ];
  const [worker] = scene.workers;
  if (worker) visitors.splice(3, 0, { role: 'worker', person: worker.person, next: console });
  progress.say(
    `\nLook around at ${door.origin}; the clock is the real one now. A link signs in once, and then another is shown here.\n` +
      'Open each in a window of its own (private windows, or another browser): a new link takes the place of the last.\n',
  );
  const show = (visitor: Visitor): void => {
    const { role, person, next } = visitor;
    const link = door.linkFor(person.personId, next, () => show(visitor));
    progress.say(`  ${`${role}, ${person.name}`.padEnd(28)} ${link}`);
  };
  visitors.forEach(show);
  progress.say('\nCtrl-C ends it; the demo leaves nothing behind.');
}
