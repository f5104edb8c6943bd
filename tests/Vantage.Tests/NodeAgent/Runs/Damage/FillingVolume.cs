using Vantage.NodeAgent.Runs.Storage;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Runs.Damage;

/// <summary>The real file system, which is full to the last byte from its so-manieth act on, until it is freed.</summary>
internal sealed class FillingVolume(SmallDisk disk, int act) : IVolume
{
    private readonly LocalVolume local = LocalVolume.Instance;
    private int acts;

    public bool HasFilled => acts >= act;

    public bool HasFile(string path) => local.HasFile(path);

    public byte[] Read(string path) => local.Read(path);

    public Stream OpenRead(string path) => local.OpenRead(path);

    public Stream Open(string path) => local.Open(path);

    public Stream Create(string path)
    {
        Count();
        return local.Create(path);
    }

    public void Flush(Stream file)
    {
        Count();
        local.Flush(file);
    }

    public void Move(string from, string to)
    {
        Count();
        local.Move(from, to);
    }

    public void Delete(string path) => local.Delete(path);

    public void CreateFolder(string path)
    {
        Count();
        local.CreateFolder(path);
    }

    public void DeleteFolder(string path) => local.DeleteFolder(path);

    public IReadOnlyList<string> Folders(string path) => local.Folders(path);

    public void FlushFolder(string path)
    {
        Count();
        local.FlushFolder(path);
    }

    public long FreeBytes(string path) => local.FreeBytes(path);

    private void Count()
    {
        if (++acts == act)
        {
            disk.Fill();
        }
    }
}
