using System.Text.Json;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;
using Vantage.Protocol.Cryptography;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.Advisories;

/// <summary>
/// vantage6 put what a user sent into environment variables, whence it was read as code. Here inputs are files: no text of
/// a request is a variable, a word of a command line, or part of a path.
/// </summary>
public sealed class Cve_2024_21649_InputsAreNeverSettingsTests : IDisposable
{
    private const string Marker = "h0stile";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-");

    private static readonly string[] Texts =
    [
        $"$(touch {Marker})", $"`{Marker}`", $"${{IFS}}{Marker}", $"; {Marker} &", $"| {Marker}", $"a\nLD_PRELOAD=/{Marker}.so", $"{Marker}\0tail", $"LD_PRELOAD={Marker}",
        $"PATH=/{Marker}", $"DOTNET_STARTUP_HOOKS={Marker}", $"'{Marker}'", $"\"{Marker}\"", $"--{Marker}", $"../../{Marker}", $"%{Marker}%", $"\u202e{Marker}",
    ];

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A real process that says all it was given, beside arguments that are as bad as can be, names and values.</summary>
    [Fact]
    public async Task OfAProcess_NeitherEnvironmentNorCommandLineHoldsAnyOfIt()
    {
        var program = Write("program.sh", """
            #!/bin/sh
            if [ "$1" = manifest ]; then
                echo '{"v":1,"name":"tell","version":"1","description":"Says what it was given.","functions":[{"name":"partial","kind":"partial","description":"Here.","arguments":{},"data":[{"name":"table","description":"Any."}]}]}'
                exit 0
            fi
            echo "words: $*" >&2
            env >&2
            ls -R . >&2
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var arguments = Write("arguments.json", JsonSerializer.Serialize(Texts.ToDictionary(text => text, text => text)));

        var (_, _, said) = await Verbs.RunAsync("rehearse", "--program", program, "--args-file", arguments, Write("north.csv", "age\n40\n"));

        Assert.Contains("north | words: run ", said, StringComparison.Ordinal);
        Assert.Contains("north | PATH=", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, said, StringComparison.Ordinal);
    }

    /// <summary>What a container is made of is a function of things among which nothing of a request is.</summary>
    [Fact]
    public void OfAContainer_TheEnvironmentIsOneFixedLine()
    {
        var job = new RuntimeJob(new RuntimeCode.Image("registry.example.org/a", Digest.OfText("m"), Digest.OfText("c")), "run_1-1", "/run/1", "/run/1/shown",
            "/run/1/shown/run.json", "", new RuntimeLimits(1, 64, 64, TimeSpan.FromMinutes(1)), _ => { });

        var spec = SandboxPlan.Of(job, "sha256:c", new ContainerMark("nod_1"), null, "/run/1/shown");

        Assert.Equal(["VANTAGE_RUN=/vantage/run.json"], spec.Env);
        Assert.DoesNotContain("Cmd", JsonDocument.Parse(JsonSerializer.Serialize(spec, EngineJson.Default.ContainerSpec)).RootElement.EnumerateObject().Select(member => member.Name));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }
}
