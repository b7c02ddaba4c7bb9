import { Overwritten } from '../support/overwritten';

/** The judge of the crashes is judged: it has to notice what a database would lose that acknowledges too early. */
describe('what was acknowledged and does not stand', () => {
  const stands = (title: string) => [{ id: 'tsk', title, internalNotes: null }];

  it('is lost when something older stands, or what was there before', () => {
    const all = new Overwritten();
    all.begin('tsk', 'title', 'one')();
    all.begin('tsk', 'title', 'two')();
    expect(all.lost(stands('two'))).toEqual([]);
    expect(all.lost(stands('one'))).toHaveLength(1);
    expect(all.lost(stands('as it was made'))).toEqual([expect.stringContaining('"two" was acknowledged')]);
  });

  it('is not lost to what was written at the same time, or by somebody who was never answered', () => {
    const all = new Overwritten();
    const first = all.begin('tsk', 'title', 'one');
    all.begin('tsk', 'title', 'two')();
    first();
    all.begin('tsk', 'title', 'three');
    for (const title of ['one', 'two', 'three']) expect(all.lost(stands(title))).toEqual([]);
    all.begin('tsk', 'title', 'four')();
    expect(all.lost(stands('one'))).toHaveLength(1);
    expect(all.lost(stands('three'))).toEqual([]);
  });
});
