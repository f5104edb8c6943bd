using System.Text;

namespace Vantage.NodeAgent.Hosting.Setup;

/// <summary>
/// Files of which there is all or nothing. Setup never touches a file that is there: half of one, from when it was killed,
/// would stay for good.
/// </summary>
internal static class Whole
{
    public static void Write(string path, string text)
    {
        var draft = path + ".new";
        using (var file = File.Create(draft))
        {
            Failpoint.Write("setup.torn", file, Encoding.UTF8.GetBytes(text));
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
