namespace AkkaComfy.Emulator.Nodes;

/// <summary>The node classes of one emulator, by class name.</summary>
internal sealed class NodeCatalog
{
    private readonly OrderedDictionary<string, Node> _nodes = [];

    public NodeCatalog(EmulatorOptions options, ImageFiles files)
    {
        Node[] nodes =
        [
            new SaveImage(),
            new PreviewImage(),
            new LoadImage(files),
            new EmptyImage(),
            new ImageScale(),
            new ImageScaleBy(),
            new ImageInvert(),
            new MaskToImage(),
            new UpscaleModelLoader(options.UpscaleModels),
            new ImageUpscaleWithModel(),
            new EtnLoadImageBase64(),
            new InspyrenetRembg(),
            new ProbeWork(),
        ];
        foreach (var node in nodes)
        {
            node.PlayAs(options.Version);
            _nodes.Add(node.Spec.Class, node);
        }
    }

    public IEnumerable<Node> All => _nodes.Values;

    public Node? Find(string name) => _nodes.GetValueOrDefault(name);
}
