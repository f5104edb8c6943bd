using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Network;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>
/// An author's image in the engine on this machine, in the very containers that a node would make of it. It need not lie in
/// any registry, and nobody need have signed it: the engine has what the author built, and runs nothing else.
/// </summary>
internal sealed class RehearsalImage : IAsyncDisposable
{
    private readonly EngineCalls calls;
    private readonly DockerRuntime runtime;

    private RehearsalImage(string socket)
    {
        // Nobody else's containers are ever looked at: no node is called so, and no other rehearsal.
        var mark = new ContainerMark($"rehearsal-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
        calls = new EngineCalls(socket);
        var engine = new EngineClient(calls);
        runtime = new DockerRuntime(engine, new ImageSupply(engine, _ => null),
            new DoorOpener(engine, new RelaySupply(engine, RelayProgram.Path), mark, TimeProvider.System), mark, TimeProvider.System,
            NullLogger<DockerRuntime>.Instance, OperatingSystem.IsLinux() ? HandOver.Here : HandOver.Apart(engine, mark));
        Engine = engine;
    }

    public RehearsedCode Code { get; private set; } = null!;

    private EngineClient Engine { get; }

    /// <param name="image">As the engine calls it.</param>
    /// <param name="socket">Where the engine listens.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RehearsalImage> OpenAsync(string image, string socket, CancellationToken cancellationToken)
    {
        var opened = new RehearsalImage(socket);
        try
        {
            opened.Code = await opened.FindAsync(image, cancellationToken);
            return opened;
        }
        catch (EngineException e)
        {
            await opened.DisposeAsync();
            throw CommandFailure.Configuration(e.Message, e);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        runtime.Dispose();
        calls.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<RehearsedCode> FindAsync(string image, CancellationToken cancellationToken)
    {
        var found = await Engine.FindImageAsync(image, cancellationToken) ?? throw CommandFailure.Configuration(
            $"There is no folder '{image}' here, and the engine at {Engine.Socket} has no image of that name. Build it, or pull it, first:"
            + " its own name for it is in the list of 'docker images'.");
        try
        {
            var algorithm = new ImageConfig(ImagePlatform.OfThisMachine, found.Config?.Labels ?? new Dictionary<string, string>()).Describe();
            var id = Digest.Parse(found.Id);
            return new(runtime, new RuntimeCode.Image(image, id, id), algorithm, NameOf(image));
        }
        catch (ImageException e)
        {
            throw CommandFailure.Configuration($"{e.Message} An image made for vantage6 is described by a sidecar, and tried in a federation"
                + " ('vantage algorithm adopt').", e);
        }
    }

    /// <summary>As a task would ask for it; null for an engine's own short names, by which no task can.</summary>
    private static string? NameOf(string image)
    {
        try
        {
            var reference = ImageReference.Parse(image);
            return $"oci:{reference.Repository}{(reference.Digest is { } digest ? $"@{digest}" : "")}";
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
