import json,glob,subprocess,os,sys,csv,math
R='/work/shared/reference'; P=os.environ.get('PLIMSOLL','/work/main/build/native/plimsoll')
sys.path.insert(0,R)
import numpy as np
for f in sorted(glob.glob(R+'/cases/o*.json')):
    d=json.load(open(f)); n=os.path.basename(f)[:3]
    if len(sys.argv)>1 and n not in sys.argv[1:]: continue
    json.dump(d['config'],open('/tmp/c.json','w'))
    r=subprocess.run([P,'fit','--data',R+'/'+d['input_csv'],'--config','/tmp/c.json','--model','/tmp/m.json','--timings'],capture_output=True,text=True)
    if r.returncode: print(n,'FIT',r.returncode,r.stderr[:300]); continue
    m=json.load(open('/tmp/m.json')); 
    ex=d.get('exact_optimum')
    if not ex: print(n,'constant', m['params']['sigma_obs'], m['log_posterior']); continue
    # align names
    fn=d['resolved']['feature_names']
    own=m['feature_names']
    beta=dict(zip(own,m['params']['beta']))
    miss=[x for x in fn if x not in beta]
    prm={k:m['params'][k] for k in ('k','m','sigma_obs','delta')}; prm['beta']=[beta.get(x,0) for x in fn]
    json.dump(prm,open('/tmp/p.json','w'))
    e=subprocess.run(['/usr/bin/python3',R+'/evaluate_posterior.py',f,'--params','/tmp/p.json','--json'],capture_output=True,text=True)
    ev=json.loads(e.stdout) if e.returncode==0 else {'err':e.stderr[-200:]}
    p=d['predict']
    cols=[k for k in ('cap','floor') if k in p]+[k for k in p.get('inputs',{})] if isinstance(p.get('inputs'),dict) else [k for k in ('cap','floor') if k in p]
    print(n,'gap %.2e'%(m['log_posterior']-ex['lp']),'stan %.2e'%(m['log_posterior']-d['stan']['lp_stan_reported']),'kkt %.1e'%m['kkt_relative'],'vs_best',ev.get('vs_best',ev),'miss',miss[:3], r.stderr.strip()[-160:] if 0 else '')
