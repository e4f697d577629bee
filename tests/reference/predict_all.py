import json,glob,subprocess,os,sys,csv,math,io
import numpy as np
R='/work/shared/reference'; P='/work/main/build/native/plimsoll'
for f in sorted(glob.glob(R+'/cases/o*.json')):
    d=json.load(open(f)); n=os.path.basename(f)[:3]
    if len(sys.argv)>1 and n not in sys.argv[1:]: continue
    json.dump(d['config'],open('/tmp/c.json','w'))
    r=subprocess.run([P,'fit','--data',R+'/'+d['input_csv'],'--config','/tmp/c.json','--model','/tmp/m.json'],capture_output=True,text=True)
    m=json.load(open('/tmp/m.json')); p=d['predict']
    inp=p.get('inputs') or {}
    with open('/tmp/at.csv','w') as o:
        o.write(','.join(['ds']+list(inp))+'\n')
        for i,t in enumerate(p['ds']): o.write(','.join([t]+[('true' if v[i] is True else 'false' if v[i] is False else repr(v[i])) for v in inp.values()])+'\n')
    def pred(model,width='0.8'):
        json.dump(model,open('/tmp/m2.json','w'))
        r=subprocess.run([P,'predict','--model','/tmp/m2.json','--at','/tmp/at.csv'],capture_output=True,text=True)
        if r.returncode: raise SystemExit(n+r.stderr[:300])
        rows=list(csv.DictReader(io.StringIO(r.stdout)))
        return {k:np.array([float(x[k]) for x in rows]) for k in rows[0] if k!='ds'}
    own=pred(m); ex=d.get('exact_optimum')
    y=np.array(p['yhat']); rng=np.ptp(y) or 1
    if ex:
        src=np.array(p['src'])=='h'; e=np.abs(own['yhat']-np.array(ex['yhat']))/rng
        out='yhat h %.1e f %.1e'%(e[src].max(), e[~src].max() if (~src).any() else 0)
        u=ex.get('uncertainty')
        if u:
            z=[]
            for k in ('yhat_lower','yhat_upper'):
                sd=(own['yhat_upper']-own['yhat_lower'])/2/1.28155
                z.append((own[k]-np.array(u[k]))/(0.012*sd*1.0))
            z=np.concatenate(z); out+=' | int rms z %.2f max %.1f'%(np.sqrt((z**2).mean()),np.abs(z).max())
    else: out='const'
    st=d['stan'] if d.get('stan') else None
    if st and st.get('params'):
        q={**st['params'],**(st.get('raw_params_if_ncp0') or {})}
        m2=json.loads(json.dumps(m)); b=dict(zip(d['resolved']['feature_names'],q['beta']))
        m2['params'].update(k=q['k'],m=q['m'],sigma_obs=q['sigma_obs'],delta=q['delta'],beta=[b[x] for x in m['feature_names']])
        g=pred(m2)
        errs={'yhat':np.abs(g['yhat']-y).max()/rng,'trend':np.abs(g['trend']-np.array(p['trend'])).max()/rng}
        for k,v in p['components'].items():
            if k not in g: errs[k]='MISSING'; continue
            errs[k]=np.abs(g[k]-np.array(v)).max()/rng
        out+=' | stan '+' '.join(f'{k}:{v if isinstance(v,str) else "%.0e"%v}' for k,v in errs.items() if isinstance(v,str) or v>1e-12)
    print(n,out)
