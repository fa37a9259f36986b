namespace AkkaComfy.Emulator.Nodes;

/// <summary>The node classes of one emulator, by class name.</summary>
internal sealed class NodeCatalog
{
    private readonly OrderedDictionary<string, Node> _nodes = [];

    public NodeCatalog(EmulatorOptions options, ImageFiles files)
    {
        Add(new SaveImage());
        Add(new PreviewImage());
        Add(new LoadImage(files));
        Add(new EmptyImage());
        Add(new ImageScale());
        Add(new ImageScaleBy());
        Add(new ImageInvert());
        Add(new MaskToImage());
        Add(new UpscaleModelLoader(options.UpscaleModels));
        Add(new ImageUpscaleWithModel());
        Add(new EtnLoadImageBase64());
        Add(new InspyrenetRembg());
        Add(new ProbeWork());
    }

    public IEnumerable<Node> All => _nodes.Values;

    public Node? Find(string name) => _nodes.GetValueOrDefault(name);

    private void Add(Node node) => _nodes.Add(node.Spec.Class, node);
}
