namespace Vantage.Protocol.Images.Archives;

/// <summary>What an entry of a layout's index says of itself: cosign's words and others'.</summary>
internal static class LayoutKinds
{
    public const string KindAnnotation = "kind";
    public const string Prefix = "dev.cosignproject.cosign/";
    public const string Image = Prefix + "image";
    public const string ImageIndex = Prefix + "imageIndex";
    public const string Signatures = Prefix + "sigs";
    public const string NameAnnotation = "org.opencontainers.image.ref.name";
    public const string ContainerdName = "io.containerd.image.name";
}
