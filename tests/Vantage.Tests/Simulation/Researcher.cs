using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Simulation.Coordinators;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Nodes;

namespace Vantage.Tests.Simulation;

/// <summary>Asks and cancels, and keeps on until the Coordinator has answered.</summary>
internal sealed class Researcher(World world)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);
    private static readonly AlgorithmRef Summary = AlgorithmRef.Builtin("summary", "1", Digest.OfText("summary").ToString());
    private static readonly byte[] Input = "sealed arguments"u8.ToArray();
    private static readonly PayloadRef InputRef = new(Digest.Of(Input), Input.Length);
    private static readonly KeyId SomeKey = KeyId.OfSubjectPublicKeyInfo([1]);

    public void Submit(Happening.Submit asked) => Submit(Task(asked), asked);

    public void Cancel(int task)
    {
        if (world.TaskOf(Id(task)) is not { } known)
        {
            return;
        }

        if (world.Coordinator is not { IsAlive: true } coordinator)
        {
            world.Scheduler.After(Again, () => Cancel(task));
            return;
        }

        if (CoordinatorProcess.Now(world.Store.CancelAsync(known.Key, "usr", default)) is { } cancelled)
        {
            coordinator.Wakeups.Stop(cancelled.Stop);
        }

        if (world.Chance(world.Weather.Unsure * 4))
        {
            world.Scheduler.After(Again, () => Cancel(task));
        }
    }

    private void Submit(NewTask task, Happening.Submit asked)
    {
        if (world.Coordinator is not { IsAlive: true } coordinator)
        {
            world.Scheduler.After(Again, () => Submit(task, asked));
            return;
        }

        if (asked.Parent is { } parent)
        {
            // Rarely it ends between the look and the storing; what is over by the clock is not taken.
            if (world.TaskOf(Id(parent)) is not { } known || known.Manifest.NotAfter <= world.Scheduler.Now
                || (!IsUnderWay(parent) && !world.Chance(0.2)))
            {
                return;
            }

            task = Under(world.TaskOf(Id(parent))!, task);
        }

        var isKnown = world.TaskOf(task.Manifest.Task) is not null;
        world.Add(task, $"T{asked.Task}");
        var outcome = CoordinatorProcess.Now(world.Store.CreateAsync(task, default));
        world.Laws.Hold(outcome is CreateOutcome.Exists == isKnown && (isKnown || outcome is CreateOutcome.Created),
            "a task is stored once", () => $"task {asked.Task}: {outcome}");
        coordinator.Wakeups.NodesMayClaim(task.Manifest.Targets.SelectMany(target => target.Alternates.Select(a => a.Node).Prepend(target.Node)));
        if (asked.Twice && !isKnown)
        {
            world.Scheduler.After(Again, () => Submit(task, asked));
        }
    }

    /// <summary>Nodes ask in a task's name while one of them holds a run of it; what came before is known under its id.</summary>
    private bool IsUnderWay(int parent) => world.TaskOf(Id(parent)) is { } known
        && CoordinatorProcess.Now(world.Store.FindAsync(known.Key, default)) is { } task
        && task.Runs.Any(run => run.State.Phase is > RunPhase.Queued and < RunPhase.Ended);

    /// <summary>What one of its nodes asks further: the same whenever it asks.</summary>
    private static NewTask Under(NewTask parent, NewTask task)
    {
        var manifest = task.Manifest with
        {
            Parent = new ManifestParent(parent.Manifest.Task, parent.ManifestDigest),
            Job = parent.Manifest.Job,
            NotAfter = task.Manifest.NotAfter < parent.Manifest.NotAfter ? task.Manifest.NotAfter : parent.Manifest.NotAfter,
        };
        return new NewTask(manifest, Unsigned.Jws(manifest), parent.Jws, parent.Asker with { Node = parent.Manifest.Targets[0].Node }, task.InlineInputs);
    }

    private NewTask Task(Happening.Submit asked)
    {
        var now = world.Scheduler.Now;
        var nodes = asked.Nodes.Select(n => world.Nodes[n % world.Nodes.Count]).Distinct().ToList();
        var manifest = new TaskManifest
        {
            V = 1,
            Task = Id(asked.Task),
            Job = JobId.From(World.Number(asked.Task)),
            Collaboration = World.Collaborations.Single(),
            Type = TaskType.Analysis,
            Algorithm = Summary,
            Function = "partial",
            Targets = [.. nodes.Select(node => Target(asked, node))],
            Data = [],
            Resources = new ResourceRequest(),
            Recipients = [],
            LostNode = asked.Policy,
            NotBefore = now + asked.NotBefore,
            NotAfter = now + asked.NotBefore + asked.NotAfter,
            Nonce = "nonce",
        };
        return new NewTask(manifest, Unsigned.Jws(manifest), null, new Asker(OrganizationId.From(World.Number(50)), UserId.From(World.Number(51 + (asked.Task % 2))), null),
            new Dictionary<Digest, byte[]> { [InputRef.Digest] = Input });
    }

    private ManifestTarget Target(Happening.Submit asked, SimNode node) => new()
    {
        Organization = node.Organization,
        Run = RunId.From(World.Number((1000 * asked.Task) + world.Nodes.ToList().IndexOf(node))),
        Node = node.Id,
        EncryptionKey = SomeKey,
        Input = InputRef,
        Alternates = asked is { Policy: LostNodePolicy.Retry, StandIns: true }
            ? [.. world.Nodes.Where(other => other != node && other.Organization == node.Organization)
                .Select(other => new ManifestAlternate(other.Id, SomeKey, InputRef))]
            : [],
    };

    private static TaskId Id(int task) => TaskId.From(World.Number(task));
}
