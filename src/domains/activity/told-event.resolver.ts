import { type ClassType, Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { loadPerson, loadPersonOnProject } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { PortalSubject, type ToldEvent } from './portal-event.types';

/** What is read anew of an event as it is told, live or later. */
export function toldEventResolver<T extends ToldEvent>(type: () => ClassType<T>) {
  @Resolver(type)
  abstract class ToldEventResolver {
    @FieldResolver(() => Person, {
      nullable: true,
      description: 'Who did it; null for nobody, and for people whom you are not shown.',
    })
    async actor(@Parent() { event, heard }: ToldEvent, @Ctx() context: Context): Promise<Person | null> {
      if (event.actorId === null) return null;
      if (heard.projectId === null) return loadPerson(context, event.actorId);
      return loadPersonOnProject(context, { personId: event.actorId, projectId: heard.projectId });
    }

    @FieldResolver(() => Project, {
      nullable: true,
      description: 'The project; null for what belongs to none, and when you have lost it.',
    })
    async project(@Parent() { heard }: ToldEvent, @Ctx() context: Context): Promise<Project | null> {
      return heard.projectId === null ? null : loadProject(context, heard.projectId);
    }

    @FieldResolver(() => PortalSubject, {
      nullable: true,
      description: 'What it happened to, as you see it now.',
    })
    async subject(@Parent() { heard }: ToldEvent, @Ctx() context: Context): Promise<typeof PortalSubject | null> {
      return heard.subjectId === null ? null : ((await context.node(heard.subjectId)) as typeof PortalSubject | null);
    }
  }
  return ToldEventResolver;
}
