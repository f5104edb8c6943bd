using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>
/// The host's driver manager: unixODBC's library has a version in its name, and Windows has its own. Found by the load
/// context's event, since an assembly has one resolver and DuckDB's is it.
/// </summary>
internal static class OdbcLibrary
{
    public const string Name = "odbc";

    private static readonly string File = OperatingSystem.IsWindows() ? "odbc32.dll" : OperatingSystem.IsMacOS() ? "libodbc.2.dylib" : "libodbc.so.2";

    /// <summary>Called before the first function is.</summary>
    public static void Resolve() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
        name == Name && NativeLibrary.TryLoad(File, out var library) ? library : 0;
}
