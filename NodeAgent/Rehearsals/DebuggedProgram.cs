using Vantage.NodeAgent.Hosting;

namespace Vantage.NodeAgent.Rehearsals;

/// <summary>
/// How a program is started so that it waits for its author's debugger before it runs a function. Its log says where it
/// waits. Rehearsals only: a node knows nothing of it.
/// </summary>
internal static class DebuggedProgram
{
    /// <summary>
    /// debugpy where the author has it; else Python's own debugger at a port of this machine, for 'nc' or 'telnet', since the
    /// program has no terminal.
    /// </summary>
    private const string Python = """
        import os, runpy, socket, sys
        program = sys.argv.pop(1)
        sys.argv[0] = program
        sys.path[0] = os.path.dirname(program)
        try:
            import debugpy
        except ImportError:
            import pdb
            door = socket.create_server(("127.0.0.1", 0))
            print("waiting for a debugger: process %d, nc 127.0.0.1 %d" % (os.getpid(), door.getsockname()[1]), file=sys.stderr, flush=True)
            line = door.accept()[0].makefile("rw")
            debugger = pdb.Pdb(stdin=line, stdout=line)
            debugger.prompt = "(pdb) "
            debugger.set_trace()
        else:
            port = debugpy.listen(("127.0.0.1", 0))[1]
            print("waiting for a debugger: process %d, debugpy 127.0.0.1:%d" % (os.getpid(), port), file=sys.stderr, flush=True)
            debugpy.wait_for_client()
        runpy.run_path(program, run_name="__main__")

        """;

    public static string Script(string program, string? interpreter, string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            throw CommandFailure.Configuration("Programs wait for a debugger on Linux and macOS. Use WSL.");
        }

        var plain = $"{(interpreter is null ? "" : RehearsalProgram.Quote(interpreter) + " ")}{RehearsalProgram.Quote(program)} \"$@\"";
        return $"""
            if [ "$1" = run ]; then {Waiting(program, interpreter, folder)}; fi
            exec {plain}

            """;
    }

    private static string Waiting(string program, string? interpreter, string folder)
    {
        switch (interpreter is null ? "" : Path.GetFileName(interpreter))
        {
            case "":
                // The kit's own main waits (WorkerHost), and the runtime lets a debugger in, which it does for nobody else.
                return $"VANTAGE_WAIT_FOR_DEBUGGER=1 DOTNET_EnableDiagnostics=1 exec {RehearsalProgram.Quote(program)} \"$@\"";
            case var name when name.StartsWith("python", StringComparison.Ordinal):
                var shim = Path.Combine(folder, "debugged.py");
                File.WriteAllText(shim, Python);
                return $"exec {RehearsalProgram.Quote(interpreter!)} {RehearsalProgram.Quote(shim)} {RehearsalProgram.Quote(program)} \"$@\"";
            default:
                throw CommandFailure.Configuration("R's debugger needs a terminal, which a function has not: call the function from R itself,"
                    + " with vantage_in_process as test_algorithm.R does, and put browser() into it.");
        }
    }
}
